// The parts of the Python module _core, one source each; module.cpp puts them together.
//
// _core is private: users import `jiahe` (bindings/python/jiahe), which wraps it. It holds no logic
// of its own: it calls the engine's public headers, with the GIL released while they work, and
// turns values into Python's. Errors of the engine become exceptions of jiahe.errors.
#pragma once

#include <pybind11/pybind11.h>

namespace jiahe::bindings {

// InputError, ResourceError, IoError, CorruptFileError, InternalError and bad_alloc.
void translate_errors();
// Results: columns of results.h5 as read-only NumPy views of memory that the engine read.
void bind_results(pybind11::module_& module);
// run, check, resolve, verify, write_report; Outcome.
void bind_runs(pybind11::module_& module);

}  // namespace jiahe::bindings
