#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "bindings.h"
#include "results_source.h"

namespace py = pybind11;

namespace jiahe::bindings {

std::shared_ptr<const results::Group> ResultsSource::group(const std::string& name) {
    const auto known = tables_.find(name);
    if (known != tables_.end()) return known->second;
    if (is_in_memory_) return nullptr;
    if (!reader_) reader_ = std::make_unique<results::ResultsReader>(path_);
    if (!reader_->has_group(name)) return nullptr;
    auto columns = std::make_shared<results::Group>();
    for (const std::string& column : reader_->columns_of(name))
        columns->push_back(reader_->read(name, column));
    return tables_[name] = columns;
}

bool ResultsSource::has_group(const std::string& name) {
    if (tables_.contains(name)) return true;
    if (is_in_memory_) return false;
    if (!reader_) reader_ = std::make_unique<results::ResultsReader>(path_);
    return reader_->has_group(name);
}

namespace {

using Owner = std::shared_ptr<const results::Group>;

// A read-only array over the engine's own memory, which lives as long as any view of it.
template <class T>
py::object view_of(const std::vector<T>& values, const std::vector<std::size_t>& shape,
                   const Owner& owner) {
    const py::capsule keeper(new Owner(owner),
                             [](void* held) { delete static_cast<Owner*>(held); });
    py::array_t<T> array(std::vector<py::ssize_t>(shape.begin(), shape.end()), values.data(),
                         keeper);
    array.attr("flags").attr("writeable") = false;
    return array;
}

// Texts become a list; Python makes its own array of them.
py::object to_python(const results::Column& column, const Owner& owner) {
    return std::visit(
        [&](const auto& typed) -> py::object {
            using T = typename std::decay_t<decltype(typed)>::value_type;
            if constexpr (std::is_same_v<T, std::string>) {
                return py::cast(typed);
            } else {
                return view_of<T>(typed, column.shape, owner);
            }
        },
        column.values);
}

py::dict read_group(ResultsSource& source, const std::string& name) {
    Owner group;
    {
        const py::gil_scoped_release release;
        group = source.group(name);
    }
    py::dict out;
    if (!group) return out;
    for (const results::Column& column : *group) {
        out[py::str(column.name)] =
            py::make_tuple(py::tuple(py::cast(column.dims)), to_python(column, group), column.units,
                           column.long_name);
    }
    return out;
}

}  // namespace

void bind_results(py::module_& module) {
    py::class_<ResultsSource>(module, "Results")
        .def(py::init<const std::string&>(), py::arg("path"))
        .def("has_group", &ResultsSource::has_group, py::arg("group"))
        .def("read", &read_group, py::arg("group"));
}

}  // namespace jiahe::bindings
