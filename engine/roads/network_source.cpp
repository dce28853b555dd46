#include "roads/network_source.h"

#include "base/error.h"
#include "roads/import_gmns.h"

namespace jiahe {

RoadGraphData load_network_data(const std::filesystem::path& path, const NetworkSourceOptions&,
                                ImportReport& report) {
    if (std::filesystem::is_directory(path)) return import_gmns(path, report);
    throw InputError(InputFault{"E-NET-110", {path.string(), 0, 0, ""}, "not a network that can be read",
                                "expected a GMNS folder"});
}

}  // namespace jiahe
