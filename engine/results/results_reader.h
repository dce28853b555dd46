// ResultsReader: reads what ResultsFile wrote; the way in for the report and for Python.
//
// A column comes back in the type in which it was stored, row-major, with the names of its
// dimensions. Names that are not there are no error to ask for: `has_group`, `columns_of` and the
// `*_or_empty` getters tell; groups of systems that were switched off are absent.
// Opened once, read on one thread, closed by the destructor. Shapes: `shape` follows `dims`.
//
// Invariants: 1. the file is never changed; 2. values.size() is the product of shape.
// Errors: IoError where there is no file, CorruptFileError where it is none of ours or damaged.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "results/column.h"

namespace jiahe::results {

class ResultsReader {
  public:
    explicit ResultsReader(const std::string& path);
    ~ResultsReader();
    ResultsReader(const ResultsReader&) = delete;
    ResultsReader& operator=(const ResultsReader&) = delete;

    bool has_group(const std::string& group) const;
    bool has(const std::string& group, const std::string& name) const;
    // Names in alphabetical order; none where the group is absent.
    std::vector<std::string> columns_of(const std::string& group) const;
    std::vector<std::string> groups_of(const std::string& group) const;

    // REQUIRES: has(group, name).
    Column read(const std::string& group, const std::string& name) const;

    // Converted to the type asked for; empty where the column is absent or of another kind.
    std::vector<double> doubles_or_empty(const std::string& group, const std::string& name) const;
    std::vector<float> floats_or_empty(const std::string& group, const std::string& name) const;
    std::vector<std::int64_t> integers_or_empty(const std::string& group,
                                                const std::string& name) const;
    std::vector<std::string> texts_or_empty(const std::string& group,
                                            const std::string& name) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jiahe::results
