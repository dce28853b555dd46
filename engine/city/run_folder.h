// RunFolder: the files of one run, in the order in which they become true.
//
// run.lock-free: one process writes a folder. `prepare` refuses a folder with a finished or foreign
// run unless forced; snapshots are sealed into snapshots/ and listed in run.journal, two
// generations are kept; results, kpi.csv and, last, manifest.json are written under temporary
// names. Errors: InputError E-RUN-*, IoError.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "city/run.h"
#include "kernel/simulator.h"
#include "results/run_files.h"

namespace jiahe::city {

class RunFolder {
  public:
    explicit RunFolder(std::filesystem::path path);

    const std::filesystem::path& path() const { return path_; }
    // InputError where the finished run is another one's.
    bool is_finished(const std::string& city_digest) const;
    // Refuses what prepare would not touch; changes nothing.
    void check(bool resume, bool force) const;
    // Makes the folder ready for a fresh run or for resuming: removes results of an earlier run
    // and, unless resuming, its snapshots. Files that are not ours stay.
    void prepare(bool resume);
    void seal_snapshot(kernel::Simulator& simulator, const std::string& city_digest);
    // Loads the newest whole snapshot; false where there is none. Tells the log what it skipped.
    // InputError where it belongs to another scenario, seed, input or version.
    bool load_snapshot(kernel::Simulator& simulator, const std::string& city_digest,
                       const LogSink& log);
    std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    void drop_old_snapshots();
    std::filesystem::path path_;
    results::RunJournal journal_;
};

}  // namespace jiahe::city
