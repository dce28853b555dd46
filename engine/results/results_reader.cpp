#include "results/results_reader.h"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"

namespace jiahe::results {
namespace {

// Closes what it holds; negative ids are refused by `valid`.
class Handle {
  public:
    Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    operator hid_t() const { return id_; }
    bool valid() const { return id_ >= 0; }

  private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

struct ScaleFinder {
    std::vector<std::string>* names;
    std::size_t dimension;
};

// Last part of the path of a scale attached to a dimension.
herr_t note_scale(hid_t, unsigned, hid_t scale, void* data) {
    const auto* finder = static_cast<ScaleFinder*>(data);
    char path[512] = {};
    if (H5Iget_name(scale, path, sizeof path) <= 0) return -1;
    const char* slash = std::strrchr(path, '/');
    (*finder->names)[finder->dimension] = slash != nullptr ? slash + 1 : path;
    return 1;  // the first one is enough
}

herr_t note_member(hid_t, const char* name, const H5L_info_t*, void* data) {
    static_cast<std::vector<std::string>*>(data)->emplace_back(name);
    return 0;
}

std::string text_attribute(hid_t set, const char* name) {
    if (H5Aexists(set, name) <= 0) return {};
    const Handle attribute(H5Aopen(set, name, H5P_DEFAULT), H5Aclose);
    const Handle type(attribute.valid() ? H5Aget_type(attribute) : -1, H5Tclose);
    if (!type.valid() || H5Tget_class(type) != H5T_STRING) return {};
    if (H5Tis_variable_str(type) > 0) {  // as h5py writes
        char* text = nullptr;
        if (H5Aread(attribute, type, &text) < 0 || text == nullptr) return {};
        std::string copy(text);
        H5free_memory(text);
        return copy;
    }
    std::string text(H5Tget_size(type) + 1, '\0');
    if (H5Aread(attribute, type, text.data()) < 0) return {};
    text.resize(std::strlen(text.c_str()));
    return text;
}

}  // namespace

struct ResultsReader::Impl {
    std::string path;
    hid_t file = -1;

    [[noreturn]] void damaged(const std::string& what) const {
        throw CorruptFileError(path + ": cannot read " + what);
    }

    // True where every part of the path exists.
    bool exists(const std::string& name) const {
        for (std::size_t at = name.find('/', 1);; at = name.find('/', at + 1)) {
            const std::string part = name.substr(0, at);
            if (part != "/" && H5Lexists(file, part.c_str(), H5P_DEFAULT) <= 0) return false;
            if (at == std::string::npos) return true;
        }
    }

    bool is(const std::string& name, H5I_type_t type) const {
        if (!exists(name)) return false;
        const Handle object(H5Oopen(file, name.c_str(), H5P_DEFAULT), H5Oclose);
        return object.valid() && H5Iget_type(object) == type;
    }

    std::vector<std::string> members(const std::string& group, H5I_type_t type) const {
        std::vector<std::string> names, kept;
        if (!is(group, H5I_GROUP)) return names;
        const Handle parent(H5Gopen2(file, group.c_str(), H5P_DEFAULT), H5Gclose);
        if (!parent.valid()) damaged(group);
        if (H5Literate(parent, H5_INDEX_NAME, H5_ITER_INC, nullptr, note_member, &names) < 0) {
            damaged(group);
        }
        for (const std::string& name : names) {
            if (is(join(group, name), type)) kept.push_back(name);
        }
        return kept;
    }

    static std::string join(const std::string& group, const std::string& name) {
        return group == "/" ? "/" + name : group + "/" + name;
    }

    std::size_t element_count(hid_t set, const std::string& name) const {
        const Handle space(H5Dget_space(set), H5Sclose);
        const hssize_t count = space.valid() ? H5Sget_simple_extent_npoints(space) : -1;
        if (count < 0) damaged(name);
        return static_cast<std::size_t>(count);
    }

    template <class T>
    std::vector<T> read_as(hid_t set, hid_t type, const std::string& name) const {
        std::vector<T> values(element_count(set, name));
        if (!values.empty() &&
            H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) {
            damaged(name);
        }
        return values;
    }

    std::vector<std::string> read_texts(hid_t set, const std::string& name) const {
        const Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
        H5Tset_size(type, H5T_VARIABLE);
        H5Tset_cset(type, H5T_CSET_UTF8);
        std::vector<char*> pointers = read_as<char*>(set, type, name);
        std::vector<std::string> texts;
        texts.reserve(pointers.size());
        for (const char* text : pointers)
            texts.emplace_back(text != nullptr ? text : "");
        const Handle space(H5Dget_space(set), H5Sclose);
        if (!pointers.empty()) H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
        return texts;
    }

    Column::Values read_values(hid_t set, const std::string& name) const {
        const Handle type(H5Dget_type(set), H5Tclose);
        const H5T_class_t kind = H5Tget_class(type);
        if (kind == H5T_STRING) return read_texts(set, name);
        if (kind == H5T_FLOAT && H5Tget_size(type) == sizeof(float)) {
            return read_as<float>(set, H5T_NATIVE_FLOAT, name);
        }
        if (kind == H5T_FLOAT) return read_as<double>(set, H5T_NATIVE_DOUBLE, name);
        if (kind != H5T_INTEGER) damaged(name);
        if (H5Tget_sign(type) == H5T_SGN_NONE && H5Tget_size(type) == sizeof(std::uint8_t)) {
            return read_as<std::uint8_t>(set, H5T_NATIVE_UINT8, name);
        }
        if (H5Tget_sign(type) == H5T_SGN_NONE && H5Tget_size(type) == sizeof(std::uint32_t)) {
            return read_as<std::uint32_t>(set, H5T_NATIVE_UINT32, name);
        }
        return read_as<std::int64_t>(set, H5T_NATIVE_INT64, name);
    }

    void read_dimensions(hid_t set, const std::string& name, Column& column) const {
        const Handle space(H5Dget_space(set), H5Sclose);
        const int rank = space.valid() ? H5Sget_simple_extent_ndims(space) : -1;
        if (rank < 0) damaged(name);
        std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
        H5Sget_simple_extent_dims(space, shape.data(), nullptr);
        column.shape.assign(shape.begin(), shape.end());
        column.dims.assign(shape.size(), "");
        if (H5DSis_scale(set) > 0) {
            column.dims.assign(1, column.name);
            return;
        }
        for (std::size_t i = 0; i < shape.size(); ++i) {
            ScaleFinder finder{&column.dims, i};
            H5DSiterate_scales(set, static_cast<unsigned>(i), nullptr, note_scale, &finder);
            if (column.dims[i].empty()) damaged("the dimensions of " + name);
        }
    }

    Handle open(const std::string& name) const {
        return {H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose};
    }

    template <class T>
    std::vector<T> numbers_or_empty(const std::string& group, const std::string& name,
                                    hid_t type) const {
        const std::string full = join(group, name);
        if (!is(full, H5I_DATASET)) return {};
        const Handle set = open(full);
        if (!set.valid()) damaged(full);
        const Handle stored(H5Dget_type(set), H5Tclose);
        if (H5Tget_class(stored) == H5T_STRING) return {};
        return read_as<T>(set, type, full);
    }
};

ResultsReader::ResultsReader(const std::string& path) : impl_(std::make_unique<Impl>()) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    impl_->path = path;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) throw IoError(path + ": no such file");
    impl_->file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (impl_->file < 0) throw CorruptFileError(path + ": not a whole HDF5 file");
}

ResultsReader::~ResultsReader() {
    if (impl_->file >= 0) H5Fclose(impl_->file);
}

bool ResultsReader::has_group(const std::string& group) const {
    return impl_->is(group, H5I_GROUP);
}
bool ResultsReader::has(const std::string& group, const std::string& name) const {
    return impl_->is(Impl::join(group, name), H5I_DATASET);
}
std::vector<std::string> ResultsReader::columns_of(const std::string& group) const {
    return impl_->members(group, H5I_DATASET);
}
std::vector<std::string> ResultsReader::groups_of(const std::string& group) const {
    return impl_->members(group, H5I_GROUP);
}

Column ResultsReader::read(const std::string& group, const std::string& name) const {
    const std::string full = Impl::join(group, name);
    JIAHE_CHECK(has(group, name), "results hold no " + full);
    const Handle set = impl_->open(full);
    if (!set.valid()) impl_->damaged(full);
    Column column;
    column.name = name;
    column.units = text_attribute(set, "units");
    column.long_name = text_attribute(set, "long_name");
    impl_->read_dimensions(set, full, column);
    column.values = impl_->read_values(set, full);
    return column;
}

std::vector<double> ResultsReader::doubles_or_empty(const std::string& group,
                                                    const std::string& name) const {
    return impl_->numbers_or_empty<double>(group, name, H5T_NATIVE_DOUBLE);
}
std::vector<float> ResultsReader::floats_or_empty(const std::string& group,
                                                  const std::string& name) const {
    return impl_->numbers_or_empty<float>(group, name, H5T_NATIVE_FLOAT);
}
std::vector<std::int64_t> ResultsReader::integers_or_empty(const std::string& group,
                                                           const std::string& name) const {
    return impl_->numbers_or_empty<std::int64_t>(group, name, H5T_NATIVE_INT64);
}

std::vector<std::string> ResultsReader::texts_or_empty(const std::string& group,
                                                       const std::string& name) const {
    if (!has(group, name)) return {};
    Column column = read(group, name);
    auto* texts = std::get_if<std::vector<std::string>>(&column.values);
    return texts != nullptr ? std::move(*texts) : std::vector<std::string>{};
}

}  // namespace jiahe::results
