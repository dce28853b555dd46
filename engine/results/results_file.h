// ResultsFile: results.h5 as product.md wants it: groups by system, every dataset with units and
// long_name, every dimension a named scale, so that xarray opens a group without phony dimensions.
//
// Written once, after the run, under a temporary name and renamed when whole; HDF5 is never the
// only copy of unsealed data. One thread. Shapes: row-major; a dataset's dims name scales of its
// group. Errors: IoError.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace jiahe::results {

struct DatasetInfo {
    std::string name;
    std::vector<std::string> dims;
    std::string units;  // "1" for counts
    std::string long_name;
};

class ResultsFile {
  public:
    explicit ResultsFile(std::string path);
    ~ResultsFile();
    ResultsFile(const ResultsFile&) = delete;
    ResultsFile& operator=(const ResultsFile&) = delete;

    // A text attribute of a group ("/" is the file).
    void attribute(const std::string& group, const std::string& name, const std::string& value);
    // A coordinate variable that is its own dimension, such as link (ids) or time (s).
    void scale(const std::string& group, const DatasetInfo& info, std::span<const double> values);
    void scale(const std::string& group, const DatasetInfo& info,
               std::span<const std::int64_t> values);
    // REQUIRES: all dims are scales of the group; size is the product of their lengths.
    void dataset(const std::string& group, const DatasetInfo& info, std::span<const double> values);
    void dataset(const std::string& group, const DatasetInfo& info, std::span<const float> values);
    void dataset(const std::string& group, const DatasetInfo& info,
                 std::span<const std::int64_t> values);
    void dataset(const std::string& group, const DatasetInfo& info,
                 std::span<const std::uint32_t> values);
    void dataset(const std::string& group, const DatasetInfo& info,
                 std::span<const std::uint8_t> values);
    void dataset(const std::string& group, const DatasetInfo& info,
                 const std::vector<std::string>& values);
    // Seals the file under its final name.
    void finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jiahe::results
