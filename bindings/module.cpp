#include <pybind11/pybind11.h>

#include "bindings.h"
#include "city/run.h"

PYBIND11_MODULE(_core, module) {
    module.doc() = "The engine of jiahe; private, use the package jiahe.";
    module.attr("version") = jiahe::city::version();
    module.attr("commit") = jiahe::city::build_commit();
    jiahe::bindings::translate_errors();
    jiahe::bindings::bind_results(module);
    jiahe::bindings::bind_runs(module);
}
