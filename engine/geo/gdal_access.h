// The one door to GDAL: registers the few drivers we allow, checks paths, owns datasets.
//
// Private to engine/geo. GDAL keeps its driver list and options in globals; they are set once,
// before the first use. Library messages are kept from the terminal and end in our errors. Allowed:
// GPKG, GeoJSON, ESRI Shapefile, FlatGeobuf, CSV. Drivers are registered one by one, so nothing
// else (VRT, web services, databases, plug-ins) can be reached, whatever a file says.
#pragma once

#include <gdal_priv.h>

#include <filesystem>
#include <memory>
#include <string>

namespace jiahe {

struct DatasetCloser {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using DatasetPtr = std::unique_ptr<GDALDataset, DatasetCloser>;

// Registers drivers and sets options, once.
void prepare_gdal();

// The driver for a file's extension; InputError E-GEO-002 for others.
std::string driver_for(const std::filesystem::path& path);

// The canonical path of a regular file that may be opened; InputError E-GEO-001 otherwise.
std::filesystem::path checked_input(const std::filesystem::path& path);

// GDAL brings longitudes into range by steps of 360 degrees, without end for a coordinate of 1e300.
bool may_be_transformed(double x, double y);

DatasetPtr open_for_reading(const std::filesystem::path& path);

// Keeps the library's messages off the terminal while it lives; text() is the last one.
class QuietGdal {
  public:
    QuietGdal();
    ~QuietGdal();
    QuietGdal(const QuietGdal&) = delete;
    QuietGdal& operator=(const QuietGdal&) = delete;
    std::string text() const;
};

}  // namespace jiahe
