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
#include "results/results_reader.h"

namespace py = pybind11;

namespace jiahe::bindings {
namespace {

// A read-only array over `values`, which live as long as any view of it; nothing is copied.
template <class T>
py::object array_over(std::vector<T> values, const std::vector<std::size_t>& shape) {
    auto owned = std::make_unique<std::vector<T>>(std::move(values));
    const T* data = owned->data();
    const py::capsule keeper(owned.get(),
                             [](void* held) { delete static_cast<std::vector<T>*>(held); });
    static_cast<void>(owned.release());
    py::array_t<T> array(std::vector<py::ssize_t>(shape.begin(), shape.end()), data, keeper);
    array.attr("flags").attr("writeable") = false;
    return array;
}

// Texts become a list; Python makes its own array of them.
py::object to_python(results::Column::Values values, const std::vector<std::size_t>& shape) {
    return std::visit(
        [&](auto& typed) -> py::object {
            using T = typename std::decay_t<decltype(typed)>::value_type;
            if constexpr (std::is_same_v<T, std::string>) {
                return py::cast(typed);
            } else {
                return array_over<T>(std::move(typed), shape);
            }
        },
        values);
}

py::dict read_group(const results::ResultsReader& reader, const std::string& group) {
    std::vector<results::Column> columns;
    {
        const py::gil_scoped_release release;
        for (const std::string& name : reader.columns_of(group)) {
            columns.push_back(reader.read(group, name));
        }
    }
    py::dict out;
    for (results::Column& column : columns) {
        const py::tuple dims = py::tuple(py::cast(column.dims));
        out[py::str(column.name)] =
            py::make_tuple(dims, to_python(std::move(column.values), column.shape), column.units,
                           column.long_name);
    }
    return out;
}

}  // namespace

void bind_results(py::module_& module) {
    py::class_<results::ResultsReader>(module, "Results")
        .def(py::init<const std::string&>(), py::arg("path"))
        .def("groups_of", &results::ResultsReader::groups_of, py::arg("group"))
        .def("has_group", &results::ResultsReader::has_group, py::arg("group"))
        .def("read", &read_group, py::arg("group"));
}

}  // namespace jiahe::bindings
