// ResultsSource: where a Python Run gets its tables from: the run's own memory, or results.h5.
//
// After jiahe.run the tables are those that the engine made; after jiahe.open each group is read
// once, when first asked for, and kept. Groups are shared: NumPy views hold them, so that an array
// outlives the run. Calls come one at a time (the GIL is released while a file is read, so a run's
// tables are to be asked for by one thread). Errors: IoError, CorruptFileError.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "results/column.h"
#include "results/results_reader.h"

namespace jiahe::bindings {

class ResultsSource {
  public:
    explicit ResultsSource(std::string path) : path_(std::move(path)) {}
    explicit ResultsSource(results::Tables tables)
        : tables_(std::move(tables)), is_in_memory_(true) {}

    bool has_group(const std::string& name);
    // nullptr where there is none.
    std::shared_ptr<const results::Group> group(const std::string& name);

  private:
    std::string path_;
    results::Tables tables_;
    bool is_in_memory_ = false;
    std::unique_ptr<results::ResultsReader> reader_;
};

}  // namespace jiahe::bindings
