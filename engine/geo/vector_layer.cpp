#include "geo/vector_layer.h"

#include <fmt/format.h>
#include <algorithm>

#include <charconv>
#include <cmath>

#include "base/error.h"

namespace jiahe {

namespace {

[[noreturn]] void bad_value(const VectorLayer& layer, const Feature& feature, std::size_t index,
                            const char* expected) {
    throw InputError(InputFault{
        "E-GEO-009",
        {layer.source, 0, 0, fmt::format("layer {}, feature {}", layer.name, feature.id)},
        fmt::format("field '{}' holds '{}'", layer.fields[index].name, layer.text(feature, index)),
        fmt::format("expected {}", expected)});
}

}  // namespace

bool VectorLayer::has_field(std::string_view field_name) const {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const Field& f) { return f.name == field_name; });
}

std::size_t VectorLayer::field(std::string_view field_name) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name == field_name) return i;
        names.push_back(fields[i].name);
    }
    throw InputError(InputFault{"E-GEO-008",
                                {source, 0, 0, "layer " + name},
                                fmt::format("no field '{}'", field_name),
                                did_you_mean(field_name, names)});
}

std::int64_t VectorLayer::integer(const Feature& feature, std::size_t field_index) const {
    const FieldValue& value = feature.values[field_index];
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
    if (const auto* real_value = std::get_if<double>(&value)) {
        constexpr double kExact = 9007199254740992.0;  // 2^53
        if (std::abs(*real_value) <= kExact && std::floor(*real_value) == *real_value) {
            return static_cast<std::int64_t>(*real_value);
        }
    }
    if (const auto* words = std::get_if<std::string>(&value)) {
        std::int64_t parsed = 0;
        const auto [end, error] =
            std::from_chars(words->data(), words->data() + words->size(), parsed);
        if (error == std::errc() && end == words->data() + words->size()) return parsed;
    }
    bad_value(*this, feature, field_index, "a whole number");
}

double VectorLayer::real(const Feature& feature, std::size_t field_index) const {
    const FieldValue& value = feature.values[field_index];
    if (const auto* number = std::get_if<double>(&value)) {
        if (std::isfinite(*number)) return *number;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* words = std::get_if<std::string>(&value)) {
        double parsed = 0;
        const auto [end, error] =
            std::from_chars(words->data(), words->data() + words->size(), parsed);
        const bool whole_text = error == std::errc() && end == words->data() + words->size();
        if (whole_text && std::isfinite(parsed)) return parsed;
    }
    bad_value(*this, feature, field_index, "a number");
}

std::string VectorLayer::text(const Feature& feature, std::size_t field_index) const {
    const FieldValue& value = feature.values[field_index];
    if (const auto* words = std::get_if<std::string>(&value)) return *words;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    return {};
}

}  // namespace jiahe
