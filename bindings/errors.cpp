#include <pybind11/pybind11.h>

#include <exception>
#include <new>

#include "base/error.h"
#include "bindings.h"

namespace py = pybind11;

namespace jiahe::bindings {
namespace {

// Sets the exception that calling jiahe.errors.NAME(arguments...) gives.
template <class... Arguments>
void set_error(const char* name, const Arguments&... arguments) {
    try {
        const py::object type = py::module_::import("jiahe.errors").attr(name);
        const py::object value = type(arguments...);
        PyErr_SetObject(type.ptr(), value.ptr());
    } catch (py::error_already_set& error) {
        error.restore();
    }
}

void set_input_error(const InputError& error) {
    py::list faults;
    for (const InputFault& fault : error.faults()) {
        faults.append(py::make_tuple(fault.code, fault.place.file, fault.place.line,
                                     fault.place.column, fault.place.feature, fault.message,
                                     fault.hint));
    }
    set_error("InputError", error.what(), faults);
}

void translate(std::exception_ptr pointer) {
    try {
        if (pointer) std::rethrow_exception(pointer);
    } catch (const InputError& error) {
        set_input_error(error);
    } catch (const ResourceError& error) {
        set_error("ResourceError", error.what());
    } catch (const IoError& error) {
        set_error("IoError", error.what());
    } catch (const CorruptFileError& error) {
        set_error("CorruptFileError", error.what());
    } catch (const Error& error) {
        set_error("InternalError", error.what());
    }
}

}  // namespace

void translate_errors() {
    py::register_exception_translator(&translate);
}

}  // namespace jiahe::bindings
