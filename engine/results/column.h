// Column and Tables: what a run recorded, in memory, as results.h5 holds it.
//
// Value types. A column has the type in which it is stored, row-major, with the names of its
// dimensions; a scale (coordinate) has its own name as its one dimension. Groups are shared and
// never changed once made, so that views of them (NumPy arrays) may outlive the run that made them.
//
// Invariant: the size of `values` is the product of `shape`; `shape` follows `dims`.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace jiahe::results {

struct Column {
    using Values = std::variant<std::vector<double>, std::vector<float>, std::vector<std::int64_t>,
                                std::vector<std::uint32_t>, std::vector<std::uint8_t>,
                                std::vector<std::string>>;
    std::string name;
    std::vector<std::string> dims;
    std::vector<std::size_t> shape;
    std::string units;
    std::string long_name;
    Values values;
};

using Group = std::vector<Column>;
using Tables = std::map<std::string, std::shared_ptr<Group>>;  // by path, such as "/traffic"

}  // namespace jiahe::results
