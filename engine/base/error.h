// The project's error types and exit codes (product.md, style.md rule 9).
//
// InputError is thrown while loading only; main() and the bindings catch it. It prints as
//   file:line:col: error[E-SCN-012]: unknown key 'demnad' (did you mean 'demand'?)
// or, for layers, `file: link 12: error[...]: ...`. JIAHE_CHECK (check.h) throws InternalError.
// Value lifecycle: created at the fault, dies in the handler.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace jiahe {

enum class ExitCode : int {
    kOk = 0,
    kBadInput = 2,
    kResource = 3,
    kIo = 4,
    kCorrupt = 5,
    kInternal = 6,
};

// Where a fault was found. line and column start at 1; 0 means "not a text position".
// feature names a row or feature instead, such as "link 12" or "row 7, column 'length'".
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
    std::string feature;
    std::string to_string() const;
};

class Error : public std::runtime_error {
  public:
    Error(ExitCode exit_code, const std::string& what)
        : std::runtime_error(what), exit_code_(exit_code) {}
    ExitCode exit_code() const { return exit_code_; }

  private:
    ExitCode exit_code_;
};

// What a loader says about bad input. message: what was found and what was expected;
// hint: the nearest valid name or the fix, may be empty.
struct InputFault {
    std::string code;  // such as "E-SCN-012"
    Place place;
    std::string message;
    std::string hint;
    std::string to_string() const;
};

// One or more faults of the input; what() is one line a fault.
class InputError : public Error {
  public:
    explicit InputError(InputFault fault);
    explicit InputError(std::vector<InputFault> faults);
    const std::vector<InputFault>& faults() const { return faults_; }

  private:
    std::vector<InputFault> faults_;
};

class ResourceError : public Error {
  public:
    explicit ResourceError(const std::string& what) : Error(ExitCode::kResource, what) {}
};

class IoError : public Error {
  public:
    explicit IoError(const std::string& what) : Error(ExitCode::kIo, what) {}
};

class CorruptFileError : public Error {
  public:
    explicit CorruptFileError(const std::string& what) : Error(ExitCode::kCorrupt, what) {}
};

class InternalError : public Error {
  public:
    explicit InternalError(const std::string& what) : Error(ExitCode::kInternal, what) {}
};

// Nearest of `candidates` by edit distance, or "" where none is near (distance > 1 + size/3).
std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);

// "did you mean 'x'?" for the nearest candidate, or "".
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);

// The same for a path that does not exist, among its neighbours in the folder.
std::string did_you_mean_path(const std::filesystem::path& missing);

}  // namespace jiahe
