#include "geo/gdal_access.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal_frmts.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

#include "base/error.h"

namespace jiahe {

namespace {

constexpr std::uintmax_t kMaxBytes = std::uintmax_t{4} << 30;

struct KnownFormat {
    const char* extension;
    const char* driver;
};
constexpr std::array<KnownFormat, 6> kFormats{{{".gpkg", "GPKG"},
                                               {".geojson", "GeoJSON"},
                                               {".json", "GeoJSON"},
                                               {".shp", "ESRI Shapefile"},
                                               {".fgb", "FlatGeobuf"},
                                               {".csv", "CSV"}}};

[[noreturn]] void refuse(const char* code, const std::filesystem::path& path, std::string what,
                         std::string hint) {
    throw InputError(InputFault{code, {path.string(), 0, 0, ""}, std::move(what), std::move(hint)});
}

void register_all() {
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("GDAL_VRT_ENABLE_PYTHON", "NO");
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
    CPLSetConfigOption("GDAL_HTTP_MAX_RETRY", "0");
    CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", nullptr);
    CPLSetConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z");  // same bytes, same file
    CPLSetConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");  // files are renamed when whole
    OSRSetPROJEnableNetwork(0);
    RegisterOGRGeoPackage();
    RegisterOGRGeoJSON();
    RegisterOGRShape();
    RegisterOGRFlatGeobuf();
    RegisterOGRCSV();
}

}  // namespace

void prepare_gdal() {
    static std::once_flag once;
    std::call_once(once, register_all);
}

QuietGdal::QuietGdal() {
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
}

QuietGdal::~QuietGdal() {
    CPLPopErrorHandler();
}

std::string QuietGdal::text() const {
    const char* message = CPLGetLastErrorMsg();
    return message == nullptr ? "" : message;
}

std::string driver_for(const std::filesystem::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const KnownFormat& format : kFormats) {
        if (extension == format.extension) return format.driver;
    }
    refuse("E-GEO-002", path, "not a kind of layer that is read or written",
           "expected .gpkg, .geojson, .json, .shp, .fgb or .csv");
}

std::filesystem::path checked_input(const std::filesystem::path& path) {
    const std::string text = path.string();
    const bool odd = text.starts_with("/vsi") || text.find("://") != std::string::npos ||
                     text.find('\0') != std::string::npos;
    // "GPKG:file", "SQLITE:..." would be read as commands; a drive or scheme has no place here.
    const std::size_t colon = text.find(':');
    if (odd || (colon != std::string::npos && colon < text.find('/'))) {
        refuse("E-GEO-001", path, "not the path of a file", "virtual files and URLs are refused");
    }
    std::error_code error;
    const std::filesystem::path canonical = std::filesystem::canonical(path, error);
    if (error || !std::filesystem::is_regular_file(canonical, error)) {
        refuse("E-GEO-001", path, "no such file", "expected a regular file");
    }
    if (canonical.string().starts_with("/vsi")) {
        refuse("E-GEO-001", path, "not the path of a file", "virtual files are refused");
    }
    if (std::filesystem::file_size(canonical, error) > kMaxBytes || error) {
        refuse("E-GEO-005", path, "the file is larger than 4 GiB", "split it");
    }
    return canonical;
}

bool may_be_transformed(double x, double y) {
    constexpr double kLargest = 1e8;  // above any easting or northing, in feet too
    return std::abs(x) <= kLargest && std::abs(y) <= kLargest;
}

DatasetPtr open_for_reading(const std::filesystem::path& path) {
    prepare_gdal();
    const std::string driver = driver_for(path);
    const std::filesystem::path canonical = checked_input(path);
    const std::array<const char*, 2> allowed{driver.c_str(), nullptr};
    const QuietGdal quiet;
    DatasetPtr dataset(GDALDataset::Open(canonical.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                         allowed.data(), nullptr, nullptr));
    if (!dataset) {
        const std::string reason = quiet.text();
        refuse("E-GEO-003", path, "cannot be read as " + driver,
               reason.empty() ? "is the content what the extension says?" : reason);
    }
    return dataset;
}

}  // namespace jiahe
