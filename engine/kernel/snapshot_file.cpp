#include "kernel/snapshot_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/check.h"
#include "base/error.h"

namespace jiahe::kernel {
namespace {

constexpr std::uint64_t kMagic = 0x31504E534548414Aull;  // "JAHESNP1"
constexpr std::uint64_t kEndMagic = 0x444E454548414A21ull;
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::size_t kBatchBlocks = 64;
constexpr int kCompressionLevel = 1;

struct Footer {
    std::uint64_t table_offset, table_bytes, table_crc, file_bytes, end_magic;
};

using CrcTables = std::array<std::array<std::uint32_t, 256>, 8>;

// Castagnoli's polynomial, reflected; table k advances a byte over k zero bytes ("slicing by 8",
// Kounavis and Berry, 2008).
constexpr CrcTables make_crc_tables() {
    CrcTables tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t c = i;
        for (int k = 0; k < 8; ++k)
            c = (c & 1) != 0 ? 0x82F63B78u ^ (c >> 1) : c >> 1;
        tables[0][i] = c;
    }
    for (std::size_t k = 1; k < 8; ++k) {
        for (std::size_t i = 0; i < 256; ++i) {
            const std::uint32_t c = tables[k - 1][i];
            tables[k][i] = tables[0][c & 0xff] ^ (c >> 8);
        }
    }
    return tables;
}

constexpr CrcTables kCrcTables = make_crc_tables();

struct BlockHeader {
    std::uint32_t compressed_bytes;
    std::uint32_t crc;
};

[[noreturn]] void corrupt(const std::string& path, const std::string& what) {
    throw CorruptFileError(fmt::format("{}: corrupt snapshot: {}", path, what));
}

}  // namespace

std::uint32_t crc32c(std::uint32_t seed, const void* data, std::size_t size) {
    const auto* p = static_cast<const unsigned char*>(data);
    const CrcTables& t = kCrcTables;
    std::uint32_t c = ~seed;
    for (; size >= 8; size -= 8, p += 8) {
        std::uint32_t low = 0, high = 0;
        std::memcpy(&low, p, 4);
        std::memcpy(&high, p + 4, 4);
        low ^= c;
        c = t[7][low & 0xff] ^ t[6][(low >> 8) & 0xff] ^ t[5][(low >> 16) & 0xff] ^
            t[4][low >> 24] ^ t[3][high & 0xff] ^ t[2][(high >> 8) & 0xff] ^
            t[1][(high >> 16) & 0xff] ^ t[0][high >> 24];
    }
    for (; size > 0; --size, ++p)
        c = t[0][(c ^ *p) & 0xff] ^ (c >> 8);
    return ~c;
}

SnapshotWriter::SnapshotWriter(std::string path, TaskTeam* team)
    : path_(std::move(path)), temporary_(path_ + ".tmp"), team_(team) {
    file_ = ::open(temporary_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    if (file_ < 0) throw IoError(fmt::format("{}: {}", temporary_, std::strerror(errno)));
    write(&kMagic, 8);
    write(&kVersion, 8);
}

SnapshotWriter::~SnapshotWriter() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(temporary_.c_str());
}

void SnapshotWriter::write(const void* data, std::size_t bytes) {
    const char* p = static_cast<const char*>(data);
    std::size_t left = bytes;
    while (left > 0) {
        const ssize_t n = ::write(file_, p, left);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw IoError(fmt::format("{}: {}", temporary_, std::strerror(errno)));
        p += n;
        left -= static_cast<std::size_t>(n);
    }
    position_ += bytes;
}

void SnapshotWriter::add(const std::string& name, const void* data, std::size_t bytes) {
    const std::size_t blocks = (bytes + kBlockBytes - 1) / kBlockBytes;
    sections_.push_back({name, position_, bytes, blocks});
    const char* p = static_cast<const char*>(data);
    std::vector<std::vector<char>> packed(std::min(blocks, kBatchBlocks));
    for (std::size_t first = 0; first < blocks; first += kBatchBlocks) {
        const std::size_t count = std::min(kBatchBlocks, blocks - first);
        const auto pack = [&](std::size_t i) {
            const std::size_t begin = (first + i) * kBlockBytes;
            const std::size_t size = std::min(kBlockBytes, bytes - begin);
            packed[i].resize(ZSTD_compressBound(size));
            const std::size_t n = ZSTD_compress(packed[i].data(), packed[i].size(), p + begin, size,
                                                kCompressionLevel);
            JIAHE_CHECK(ZSTD_isError(n) == 0, "zstd could not compress");
            packed[i].resize(n);
        };
        if (team_ != nullptr) {
            team_->run_each(count, pack);
        } else {
            for (std::size_t i = 0; i < count; ++i)
                pack(i);
        }
        for (std::size_t i = 0; i < count; ++i) {
            const BlockHeader header{static_cast<std::uint32_t>(packed[i].size()),
                                     crc32c(0, packed[i].data(), packed[i].size())};
            write(&header, sizeof header);
            write(packed[i].data(), packed[i].size());
        }
    }
}

void SnapshotWriter::finish() {
    std::string table;
    const auto put = [&](const void* data, std::size_t n) {
        table.append(static_cast<const char*>(data), n);
    };
    for (const Section& s : sections_) {
        const std::uint64_t name_bytes = s.name.size();
        put(&name_bytes, 8);
        put(s.name.data(), s.name.size());
        put(&s.offset, 8);
        put(&s.bytes, 8);
        put(&s.blocks, 8);
    }
    const Footer footer{position_, table.size(), crc32c(0, table.data(), table.size()),
                        position_ + table.size() + sizeof(Footer), kEndMagic};
    write(table.data(), table.size());
    write(&footer, sizeof footer);
    const bool synced = ::fsync(file_) == 0;
    const bool closed = ::close(file_) == 0;
    file_ = -1;
    if (!synced || !closed) {
        ::unlink(temporary_.c_str());
        throw IoError(fmt::format("{}: {}", temporary_, std::strerror(errno)));
    }
    std::error_code error;
    std::filesystem::rename(temporary_, path_, error);
    if (error) {
        ::unlink(temporary_.c_str());
        throw IoError(fmt::format("{}: {}", path_, error.message()));
    }
    const std::string folder = std::filesystem::path(path_).parent_path().string();
    const int directory = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
}

SnapshotReader::SnapshotReader(const std::string& path) : path_(path) {
    file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file_ < 0) throw IoError(fmt::format("{}: {}", path, std::strerror(errno)));
    struct stat info {};
    if (::fstat(file_, &info) != 0)
        throw IoError(fmt::format("{}: {}", path, std::strerror(errno)));
    length_ = static_cast<std::uint64_t>(info.st_size);
    if (length_ < 16 + sizeof(Footer)) corrupt(path_, "too short");
    std::uint64_t head[2];
    read_at(0, head, sizeof head);
    if (head[0] != kMagic) corrupt(path_, "not a snapshot of Jiahe");
    if (head[1] != kVersion) {
        corrupt(path_, fmt::format("version {} where {} is read", head[1], kVersion));
    }
    Footer footer{};
    read_at(length_ - sizeof footer, &footer, sizeof footer);
    if (footer.end_magic != kEndMagic || footer.file_bytes != length_) corrupt(path_, "truncated");
    if (footer.table_bytes > length_ ||
        footer.table_offset + footer.table_bytes + sizeof footer != length_)
        corrupt(path_, "bad table");
    std::string table(footer.table_bytes, '\0');
    read_at(footer.table_offset, table.data(), table.size());
    if (crc32c(0, table.data(), table.size()) != footer.table_crc) corrupt(path_, "table checksum");
    std::size_t at = 0;
    const auto get = [&](void* out, std::size_t n) {
        if (at + n > table.size()) corrupt(path_, "bad table");
        std::memcpy(out, table.data() + at, n);
        at += n;
    };
    while (at < table.size()) {
        std::uint64_t name_bytes = 0;
        Section s{};
        get(&name_bytes, 8);
        if (name_bytes > table.size()) corrupt(path_, "bad table");
        s.name.resize(name_bytes);
        get(s.name.data(), name_bytes);
        get(&s.offset, 8);
        get(&s.bytes, 8);
        get(&s.blocks, 8);
        sections_.push_back(std::move(s));
    }
}

SnapshotReader::~SnapshotReader() {
    if (file_ >= 0) ::close(file_);
}

void SnapshotReader::read_at(std::uint64_t offset, void* data, std::size_t bytes) const {
    char* p = static_cast<char*>(data);
    while (bytes > 0) {
        const ssize_t n = ::pread(file_, p, bytes, static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw IoError(fmt::format("{}: {}", path_, std::strerror(errno)));
        if (n == 0) corrupt(path_, "truncated");
        p += n;
        offset += static_cast<std::uint64_t>(n);
        bytes -= static_cast<std::size_t>(n);
    }
}

bool SnapshotReader::has(const std::string& name) const {
    for (const Section& s : sections_) {
        if (s.name == name) return true;
    }
    return false;
}

const SnapshotReader::Section& SnapshotReader::find(const std::string& name) const {
    for (const Section& s : sections_) {
        if (s.name == name) return s;
    }
    corrupt(path_, "no section '" + name + "': a snapshot of another city or version");
}

std::size_t SnapshotReader::bytes(const std::string& name) const {
    return find(name).bytes;
}

void SnapshotReader::read(const std::string& name, void* data, std::size_t size) {
    const Section& section = find(name);
    if (section.bytes != size) {
        corrupt(path_, fmt::format("section '{}' has {} bytes where {} are expected: a snapshot of "
                                   "another city",
                                   name, section.bytes, size));
    }
    char* p = static_cast<char*>(data);
    std::uint64_t at = section.offset;
    std::vector<char> packed;
    for (std::uint64_t block = 0; block < section.blocks; ++block) {
        BlockHeader header{};
        read_at(at, &header, sizeof header);
        if (header.compressed_bytes > ZSTD_compressBound(kBlockBytes)) corrupt(path_, "bad block");
        packed.resize(header.compressed_bytes);
        read_at(at + sizeof header, packed.data(), packed.size());
        if (crc32c(0, packed.data(), packed.size()) != header.crc) {
            corrupt(path_, fmt::format("checksum of section '{}', block {}", name, block));
        }
        const std::size_t expected = std::min(kBlockBytes, size);
        if (ZSTD_decompress(p, expected, packed.data(), packed.size()) != expected) {
            corrupt(path_, fmt::format("section '{}', block {} does not unpack", name, block));
        }
        p += expected;
        size -= expected;
        at += sizeof header + packed.size();
    }
}

}  // namespace jiahe::kernel
