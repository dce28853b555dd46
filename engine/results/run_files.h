// Files of a run's folder that are not HDF5: whole-file writes, digests and the journal.
//
// A file is written under a temporary name, synced and renamed, so nothing partial stands under a
// final name. The journal is the truth about snapshots: one line a sealed snapshot, with its own
// CRC32C; a torn last line is ignored (a later one begins anew), an unlisted file is garbage.
// Errors: IoError; CorruptFileError where a listed snapshot's digest does not match.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jiahe::results {

void write_file(const std::string& path, const std::string& content);
std::string read_file(const std::string& path);
std::string sha256_of_file(const std::string& path);
std::string sha256_of_text(const std::string& text);

struct SealedSnapshot {
    std::string file;  // name within the snapshots folder
    std::uint64_t bytes = 0;
    std::string sha256;
    std::int64_t time_us = 0;
    std::string state_hash;
    std::string city_digest;  // of scenario, inputs and version
};

class RunJournal {
  public:
    explicit RunJournal(std::string path) : path_(std::move(path)) {}
    void append(const SealedSnapshot& snapshot);
    // Whole lines with a right checksum, oldest first; none where there is no journal.
    std::vector<SealedSnapshot> read() const;
    // Whole lines that are not what was written; a torn last one counts for none.
    std::size_t damaged_line_count() const;

  private:
    std::string path_;
};

// The newest sealed snapshot in `folder` whose bytes match its digest. Sets `skipped` to the names
// of newer ones that do not. Empty file name where there is none.
SealedSnapshot newest_whole_snapshot(const RunJournal& journal, const std::string& folder,
                                     std::vector<std::string>& skipped);

}  // namespace jiahe::results
