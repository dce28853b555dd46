#include "results/results_file.h"

#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.h"
#include "base/error.h"

namespace jiahe::results {
namespace {

constexpr unsigned kDeflateLevel = 1;
constexpr hsize_t kChunkElements = 1 << 18;

// Closes what it holds.
class Handle {
  public:
    Handle(hid_t id, herr_t (*close)(hid_t), const std::string& what) : id_(id), close_(close) {
        if (id_ < 0) throw IoError("results file: cannot " + what);
    }
    ~Handle() { close_(id_); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    operator hid_t() const { return id_; }

  private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

void require(herr_t status, const std::string& what) {
    if (status < 0) throw IoError("results file: cannot " + what);
}

void text_attribute(hid_t object, const std::string& name, const std::string& value) {
    require(H5LTset_attribute_string(object, ".", name.c_str(), value.c_str()), "write " + name);
}

template <class T>
hid_t native_type() {
    if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
    if constexpr (std::is_same_v<T, float>) return H5T_NATIVE_FLOAT;
    if constexpr (std::is_same_v<T, std::int64_t>) return H5T_NATIVE_INT64;
    if constexpr (std::is_same_v<T, std::uint32_t>) return H5T_NATIVE_UINT32;
    if constexpr (std::is_same_v<T, std::uint8_t>) return H5T_NATIVE_UINT8;
}

std::size_t size_of(const Column::Values& values) {
    return std::visit([](const auto& typed) { return typed.size(); }, values);
}

// Calls write(type, memory) with the values as HDF5 takes them.
template <class Write>
void with_memory(const Column::Values& values, Write&& write) {
    if (const auto* texts = std::get_if<std::vector<std::string>>(&values)) {
        const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
        H5Tset_size(type, H5T_VARIABLE);
        H5Tset_cset(type, H5T_CSET_UTF8);
        std::vector<const char*> pointers;
        for (const std::string& text : *texts)
            pointers.push_back(text.c_str());
        write(type, pointers.data());
        return;
    }
    std::visit(
        [&](const auto& typed) {
            using T = typename std::decay_t<decltype(typed)>::value_type;
            if constexpr (!std::is_same_v<T, std::string>) write(native_type<T>(), typed.data());
        },
        values);
}

}  // namespace

struct ResultsFile::Impl {
    std::string path, temporary;
    Tables* keep = nullptr;
    hid_t file = -1;
    std::map<std::string, std::map<std::string, hsize_t>> scales;  // [group][name] -> length

    Handle open_group(const std::string& group) {
        if (group == "/") return {H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "open /"};
        const Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose, "make a property list");
        H5Pset_create_intermediate_group(links, 1);
        if (H5Lexists(file, group.c_str(), H5P_DEFAULT) > 0) {
            return {H5Gopen2(file, group.c_str(), H5P_DEFAULT), H5Gclose, "open " + group};
        }
        return {H5Gcreate2(file, group.c_str(), links, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
                "make " + group};
    }

    void write(const std::string& group, const DatasetInfo& info, const std::vector<hsize_t>& shape,
               hid_t type, const void* data) {
        const Handle parent = open_group(group);
        const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                           H5Sclose, "size " + info.name);
        const Handle create(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "make a property list");
        std::vector<hsize_t> chunk = shape;
        hsize_t inner = 1;
        for (std::size_t i = 1; i < shape.size(); ++i)
            inner *= std::max<hsize_t>(shape[i], 1);
        chunk[0] = std::clamp<hsize_t>(kChunkElements / inner, 1, std::max<hsize_t>(shape[0], 1));
        const bool empty = std::find(shape.begin(), shape.end(), hsize_t{0}) != shape.end();
        if (!empty) {
            H5Pset_chunk(create, static_cast<int>(chunk.size()), chunk.data());
            H5Pset_shuffle(create);
            H5Pset_deflate(create, kDeflateLevel);
            if (H5Tget_class(type) != H5T_STRING) H5Pset_fletcher32(create);  // not for texts
        }
        H5Pset_obj_track_times(create, false);
        const Handle set(
            H5Dcreate2(parent, info.name.c_str(), type, space, H5P_DEFAULT, create, H5P_DEFAULT),
            H5Dclose, "make dataset " + info.name);
        if (!empty) {
            require(H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "write " + info.name);
        }
        text_attribute(set, "units", info.units);
        text_attribute(set, "long_name", info.long_name);
    }

    std::vector<hsize_t> shape_of(const std::string& group, const DatasetInfo& info,
                                  std::size_t size) {
        std::vector<hsize_t> shape;
        hsize_t product = 1;
        for (const std::string& dim : info.dims) {
            const auto& known = scales[group];
            JIAHE_CHECK(known.contains(dim), "dataset " + info.name + " names no scale " + dim);
            shape.push_back(known.at(dim));
            product *= known.at(dim);
        }
        JIAHE_CHECK(product == size, "dataset " + info.name + " does not fill its dimensions");
        return shape;
    }

    void write_data(const std::string& group, const DatasetInfo& info,
                    const std::vector<hsize_t>& shape, hid_t type, const void* data) {
        write(group, info, shape, type, data);
        const Handle parent = open_group(group);
        const Handle set(H5Dopen2(parent, info.name.c_str(), H5P_DEFAULT), H5Dclose, "reopen");
        for (unsigned i = 0; i < info.dims.size(); ++i) {
            const Handle scale(H5Dopen2(parent, info.dims[i].c_str(), H5P_DEFAULT), H5Dclose,
                               "open scale " + info.dims[i]);
            require(H5DSattach_scale(set, scale, i), "attach scale " + info.dims[i]);
        }
    }

    void write_scale(const std::string& group, const DatasetInfo& info, std::size_t size,
                     hid_t type, const void* data) {
        write(group, info, {size}, type, data);
        const Handle parent = open_group(group);
        const Handle set(H5Dopen2(parent, info.name.c_str(), H5P_DEFAULT), H5Dclose, "reopen");
        require(H5DSset_scale(set, info.name.c_str()), "make scale " + info.name);
        scales[group][info.name] = size;
    }

    void keep_column(const std::string& group, const DatasetInfo& info,
                     std::vector<std::string> dims, std::vector<std::size_t> shape,
                     Column::Values values) const {
        if (keep == nullptr) return;
        std::shared_ptr<Group>& columns = (*keep)[group];
        if (!columns) columns = std::make_shared<Group>();
        columns->push_back({info.name, std::move(dims), std::move(shape), info.units,
                            info.long_name, std::move(values)});
    }
};

ResultsFile::ResultsFile(std::string path, Tables* keep) : impl_(std::make_unique<Impl>()) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    impl_->path = std::move(path);
    impl_->keep = keep;
    impl_->temporary = impl_->path + ".tmp";
    impl_->file = H5Fcreate(impl_->temporary.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    if (impl_->file < 0) throw IoError(impl_->temporary + ": cannot create");
}

ResultsFile::~ResultsFile() {
    if (impl_->file < 0) return;
    H5Fclose(impl_->file);
    std::error_code ignored;
    std::filesystem::remove(impl_->temporary, ignored);
}

void ResultsFile::attribute(const std::string& group, const std::string& name,
                            const std::string& value) {
    const Handle parent = impl_->open_group(group);
    text_attribute(parent, name, value);
}

void ResultsFile::scale(const std::string& group, const DatasetInfo& info, Column::Values values) {
    const std::size_t size = size_of(values);
    with_memory(values, [&](hid_t type, const void* data) {
        impl_->write_scale(group, info, size, type, data);
    });
    impl_->keep_column(group, info, {info.name}, {size}, std::move(values));
}

void ResultsFile::dataset(const std::string& group, const DatasetInfo& info,
                          Column::Values values) {
    const std::vector<hsize_t> shape = impl_->shape_of(group, info, size_of(values));
    with_memory(values, [&](hid_t type, const void* data) {
        impl_->write_data(group, info, shape, type, data);
    });
    impl_->keep_column(group, info, info.dims, {shape.begin(), shape.end()}, std::move(values));
}

void ResultsFile::finish() {
    const herr_t status = H5Fclose(impl_->file);
    impl_->file = -1;
    require(status, "close");
    std::error_code error;
    std::filesystem::rename(impl_->temporary, impl_->path, error);
    if (error) throw IoError(impl_->path + ": " + error.message());
}

}  // namespace jiahe::results
