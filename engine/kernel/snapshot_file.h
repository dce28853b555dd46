// SnapshotFile: our own checksummed container for a run's state (twin sheet, section 10).
//
// Layout, little-endian: magic and version · named sections, each cut into blocks of at most 1 MiB,
// every block zstd-compressed with the CRC32C of its compressed bytes · table of sections · footer
// with the table's place, its CRC32C, the file's length and a closing magic. Written to `path.tmp`,
// fsynced, renamed, the folder fsynced: a file under its final name is whole.
//
// Errors: IoError (cannot write or read), CorruptFileError (bad magic, version, length, checksum).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kernel/task_team.h"

namespace jiahe::kernel {

std::uint32_t crc32c(std::uint32_t seed, const void* data, std::size_t size);

class SnapshotWriter {
  public:
    // With a team, blocks are compressed on its threads.
    explicit SnapshotWriter(std::string path, TaskTeam* team = nullptr);
    ~SnapshotWriter();
    void add(const std::string& name, const void* data, std::size_t bytes);
    // Seals the file under its final name.
    void finish();

  private:
    void write(const void* data, std::size_t bytes);
    struct Section {
        std::string name;
        std::uint64_t offset, bytes, blocks;
    };
    std::string path_, temporary_;
    TaskTeam* team_;
    int file_ = -1;
    std::uint64_t position_ = 0;
    std::vector<Section> sections_;
};

class SnapshotReader {
  public:
    explicit SnapshotReader(const std::string& path);
    ~SnapshotReader();
    bool has(const std::string& name) const;
    std::size_t bytes(const std::string& name) const;
    // REQUIRES: `size` equals bytes(name).
    void read(const std::string& name, void* data, std::size_t size);

  private:
    struct Section {
        std::string name;
        std::uint64_t offset, bytes, blocks;
    };
    const Section& find(const std::string& name) const;
    void read_at(std::uint64_t offset, void* data, std::size_t bytes) const;
    std::string path_;
    int file_ = -1;
    std::uint64_t length_ = 0;
    std::vector<Section> sections_;
};

}  // namespace jiahe::kernel
