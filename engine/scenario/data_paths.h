// Which files a scenario may open, and where they are looked for.
//
// A path is relative: first to the scenario's folder (the bundle), then to each data folder in the
// order given. What is found is made canonical (symbolic links followed) and must lie inside the
// bundle or a data folder, and be a regular file of at most 4 GiB or a folder. Refused by form:
// absolute paths, URLs, "PREFIX:..." and "/vsi..." names of GDAL, backslashes, control characters.
// Lifecycle: made once a load; const and without state afterwards.
//
// Errors: an InputFault without place, to which the reader adds the value's (E-SCN-040 to 044).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "scenario/setting.h"

namespace jiahe::scenario {

class DataPaths {
  public:
    // A data folder that does not exist is an InputError (E-SCN-044).
    DataPaths(const std::filesystem::path& bundle,
              const std::vector<std::filesystem::path>& data_dirs);

    struct Found {
        std::filesystem::path canonical;
        std::optional<InputFault> fault;
    };
    // REQUIRES: kind is kFile, kFolder or kFileOrFolder.
    // Where `holding` names a file, a folder without it is passed over.
    Found resolve(std::string_view written, Kind kind, std::string_view holding = {}) const;
    // A file below a folder that resolve() gave.
    Found resolve_below(const std::filesystem::path& folder, std::string_view name) const;

    static std::optional<InputFault> check_form(std::string_view written);

  private:
    struct Root {
        std::filesystem::path shown;
        std::filesystem::path canonical;
    };
    std::optional<InputFault> check_found(const std::filesystem::path& canonical,
                                          std::string_view written, Kind kind) const;
    bool inside(const std::filesystem::path& canonical) const;
    std::vector<Root> roots_;
};

}  // namespace jiahe::scenario
