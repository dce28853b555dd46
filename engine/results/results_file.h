// ResultsFile: results.h5 as product.md wants it: groups by system, every dataset with units and
// long_name, every dimension a named scale, so that xarray opens a group without phony dimensions.
//
// Written once, after the run, under a temporary name and renamed when whole; HDF5 is never the
// only copy of unsealed data. Equal content gives equal bytes: no times of writing are stored, and
// every chunk carries a checksum. One thread. Shapes: row-major; a dataset's dims name scales of
// its group. Errors: IoError.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "results/column.h"

namespace jiahe::results {

struct DatasetInfo {
    std::string name;
    std::vector<std::string> dims;
    std::string units;  // "1" for counts
    std::string long_name;
};

class ResultsFile {
  public:
    // Where `keep` is given, what was written stays there, in memory.
    explicit ResultsFile(std::string path, Tables* keep = nullptr);
    ~ResultsFile();
    ResultsFile(const ResultsFile&) = delete;
    ResultsFile& operator=(const ResultsFile&) = delete;

    // A text attribute of a group ("/" is the file).
    void attribute(const std::string& group, const std::string& name, const std::string& value);
    // A coordinate variable that is its own dimension, such as link (ids) or time (s).
    void scale(const std::string& group, const DatasetInfo& info, Column::Values values);
    // REQUIRES: all dims are scales of the group; size is the product of their lengths.
    void dataset(const std::string& group, const DatasetInfo& info, Column::Values values);
    // Seals the file under its final name.
    void finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jiahe::results
