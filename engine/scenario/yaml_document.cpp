#include "scenario/yaml_document.h"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "scenario/error_codes.h"
#include "scenario/fault_text.h"
#include "scenario/pre_scan.h"

namespace jiahe::scenario {
namespace {

// Turns the library's positions (lines and bytes from 0) into marks (lines and characters from 1).
class Positions {
  public:
    Positions(std::string_view text, const TextSource& source) : text_(text), source_(source) {
        starts_.push_back(0);
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '\n') starts_.push_back(at + 1);
        }
    }

    Mark mark(const YAML::Mark& at) const {
        if (source_.index != 0 || at.is_null()) return {source_.index, 0, 0};
        return {source_.index, at.line + 1, character_column(at) + 1};
    }

    // The byte at a position, '\n' where there is none.
    char byte(const YAML::Mark& at) const {
        const std::string_view line = line_text(at.line);
        const auto column = static_cast<std::size_t>(std::max(at.column, 0));
        return column < line.size() ? line[column] : '\n';
    }

    InputFault fault(const char* code, const Mark& mark, std::string message,
                     std::string hint = {}) const {
        Place place;
        place.file = source_.shown_name;
        place.line = mark.line;
        place.column = mark.column;
        return {code, place, std::move(message), std::move(hint)};
    }

  private:
    std::string_view line_text(int line) const {
        if (line < 0 || static_cast<std::size_t>(line) >= starts_.size()) return {};
        const auto index = static_cast<std::size_t>(line);
        const bool last = index + 1 == starts_.size();
        const std::size_t end = last ? text_.size() : starts_[index + 1] - 1;
        return text_.substr(starts_[index], end - starts_[index]);
    }

    // Characters before the position in its line. Marks come in order, so counting goes on from
    // the last one: a long line costs linear time in all.
    int character_column(const YAML::Mark& at) const {
        const std::string_view line = line_text(at.line);
        const auto bytes = std::min(line.size(), static_cast<std::size_t>(std::max(at.column, 0)));
        if (at.line != last_line_ || bytes < last_bytes_) {
            last_line_ = at.line;
            last_bytes_ = 0;
            last_characters_ = 0;
        }
        for (; last_bytes_ < bytes; ++last_bytes_) {
            const bool starts = (static_cast<unsigned char>(line[last_bytes_]) & 0xC0u) != 0x80u;
            last_characters_ += starts ? 1 : 0;
        }
        return last_characters_;
    }

    std::string_view text_;
    const TextSource& source_;
    std::vector<std::size_t> starts_;
    mutable int last_line_ = -1;
    mutable std::size_t last_bytes_ = 0;
    mutable int last_characters_ = 0;
};

class TreeBuilder : public YAML::EventHandler {
  public:
    TreeBuilder(const Positions& positions, bool free_notation, FaultList& faults)
        : positions_(positions), free_notation_(free_notation), faults_(faults) {
        open_.reserve(kMostLevels);  // addresses of `dropped` stay
    }

    DocNode take_root() { return std::move(root_); }
    bool has_root() const { return has_root_; }

    void OnDocumentStart(const YAML::Mark& at) override {
        if (has_root_) refuse(code::kManyDocuments, at, "a second document starts here");
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& at, YAML::anchor_t) override {
        if (expects_key()) refuse(code::kSyntax, at, "a key is empty");
        add(NodeType::kNull, at);
    }
    void OnAlias(const YAML::Mark& at, YAML::anchor_t) override {
        refuse(code::kAnchor, at, "aliases are not accepted", "write the value out");
    }
    void OnAnchor(const YAML::Mark& at, const std::string& name) override {
        refuse(code::kAnchor, at, fmt::format("anchor {} is not accepted", in_quotes(name)),
               "write the value out where it is needed");
    }

    void OnScalar(const YAML::Mark& at, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        check_tag(at, tag);
        if (expects_key()) {
            take_key(at, tag, value);
            return;
        }
        DocNode& node = add(NodeType::kScalar, at);
        node.text = value;
        node.notation = tag == "!" ? Notation::kQuoted : Notation::kPlain;
        if (free_notation_) node.notation = Notation::kFree;
    }

    void OnSequenceStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        open(NodeType::kList, at, tag);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        open(NodeType::kMap, at, tag);
    }
    void OnMapEnd() override { close(); }

  private:
    // An open map or list. Its node's address is stable: only its own last child is ever open.
    struct Open {
        DocNode* node;
        std::unordered_map<std::string, int> lines;  // of the keys so far
        bool has_key = false;
        bool duplicate = false;  // the value to come belongs to a key written twice
        DocNode dropped;
    };

    [[noreturn]] void refuse(const char* error_code, const YAML::Mark& at, std::string message,
                             std::string hint = {}) const {
        throw InputError(
            positions_.fault(error_code, positions_.mark(at), std::move(message), std::move(hint)));
    }

    void check_tag(const YAML::Mark& at, const std::string& tag) const {
        const bool plain = tag.empty() || tag == "?" || (tag == "!" && positions_.byte(at) != '!');
        if (!plain) refuse(code::kTag, at, fmt::format("tag {} is not accepted", in_quotes(tag)));
    }

    bool expects_key() const {
        return !open_.empty() && open_.back().node->type == NodeType::kMap && !open_.back().has_key;
    }

    void take_key(const YAML::Mark& at, const std::string& tag, const std::string& key) {
        if (key == "<<" && tag != "!") {
            refuse(code::kMergeKey, at, "merge keys are not accepted",
                   "write the keys out where they are needed");
        }
        Open& map = open_.back();
        map.has_key = true;
        const Mark mark = positions_.mark(at);
        const auto [found, fresh] = map.lines.emplace(key, mark.line);
        if (fresh) {
            map.node->keys.push_back({key, mark});
            return;
        }
        map.duplicate = true;
        faults_.add(positions_.fault(
            code::kDuplicateKey, mark, fmt::format("key {} is written twice", in_quotes(key)),
            found->second > 0 ? fmt::format("first in line {}", found->second) : ""));
    }

    DocNode& add(NodeType type, const YAML::Mark& at) {
        if (++count_ > kMostNodes) {
            refuse(code::kTooLarge, at, fmt::format("more than {} values", kMostNodes));
        }
        DocNode* node = &root_;
        if (open_.empty()) {
            has_root_ = true;
        } else {
            Open& parent = open_.back();
            if (parent.duplicate) {
                parent.dropped = DocNode{};
                node = &parent.dropped;
            } else {
                node = &parent.node->children.emplace_back();
            }
            parent.has_key = false;
            parent.duplicate = false;
        }
        node->type = type;
        node->mark = positions_.mark(at);
        return *node;
    }

    void open(NodeType type, const YAML::Mark& at, const std::string& tag) {
        check_tag(at, tag);
        if (expects_key()) refuse(code::kSyntax, at, "a key must be a single word or text");
        if (open_.size() >= kMostLevels) {
            refuse(code::kTooDeep, at, fmt::format("nested deeper than {} levels", kMostLevels));
        }
        DocNode* node = &add(type, at);
        open_.push_back(Open{node, {}, false, false, {}});
    }

    void close() { open_.pop_back(); }

    const Positions& positions_;
    bool free_notation_;
    FaultList& faults_;
    DocNode root_;
    bool has_root_ = false;
    std::size_t count_ = 0;
    std::vector<Open> open_;
};

// What is most likely meant by the library's terse words.
std::string syntax_hint(const std::string& message) {
    if (message == "illegal map value") return "a text that holds ': ' must stand in quotes";
    if (message == "end of sequence flow not found") return "a '[' is not closed by ']'";
    if (message == "end of map flow not found") return "a '{' is not closed by '}'";
    if (message == "end of map not found") return "the line's indentation fits no map above";
    return {};
}

// The library calls an alias without anchor a fault of its own; ours are refused in any case.
InputFault translate(const YAML::Exception& error, const Positions& positions) {
    const Mark mark = positions.mark(error.mark);
    if (dynamic_cast<const YAML::DeepRecursion*>(&error) != nullptr) {
        return positions.fault(code::kTooDeep, mark,
                               fmt::format("nested deeper than {} levels", kMostLevels));
    }
    if (!error.mark.is_null() && positions.byte(error.mark) == '*') {
        return positions.fault(code::kAnchor, mark, "aliases are not accepted",
                               "write the value out");
    }
    return positions.fault(code::kSyntax, mark, "not YAML: " + error.msg, syntax_hint(error.msg));
}

}  // namespace

std::size_t DocNode::find(std::string_view key) const {
    std::size_t index = 0;
    while (index < keys.size() && keys[index].text != key)
        ++index;
    return index;
}

DocNode parse_yaml(std::string_view text, const TextSource& source, FaultList& faults) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const Positions positions(text, source);
    if (auto found = scan_text(text)) {
        Mark mark{source.index, found->line, found->column};
        if (source.index != 0) mark = {source.index, 0, 0};
        throw InputError(positions.fault(found->code, mark, found->message));
    }
    TreeBuilder builder(positions, source.index != 0, faults);
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        faults.add(translate(error, positions));
        faults.throw_if_any();
    }
    if (!builder.has_root()) {
        const Mark start{source.index, source.index == 0 ? 1 : 0, source.index == 0 ? 1 : 0};
        throw InputError(positions.fault(code::kEmptyValue, start, "there is no value"));
    }
    return builder.take_root();
}

}  // namespace jiahe::scenario
