#include "results/run_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/error.h"
#include "kernel/snapshot_file.h"

namespace jiahe::results {
namespace {

[[noreturn]] void io_failed(const std::string& path) {
    throw IoError(fmt::format("{}: {}", path, std::strerror(errno)));
}

void write_all(int file, const std::string& path, const std::string& content) {
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t n = ::write(file, content.data() + done, content.size() - done);
        if (n < 0) {
            ::close(file);
            io_failed(path);
        }
        done += static_cast<std::size_t>(n);
    }
    const bool synced = ::fsync(file) == 0;
    if (::close(file) != 0 || !synced) io_failed(path);
}

class Sha256 {
  public:
    Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
        EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
    }
    void add(const void* data, std::size_t n) { EVP_DigestUpdate(context_.get(), data, n); }
    std::string hex() {
        std::array<unsigned char, 32> digest{};
        EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
        std::string text;
        for (const unsigned char byte : digest)
            text += fmt::format("{:02x}", byte);
        return text;
    }

  private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// The body of a whole line; empty where its checksum does not hold.
std::string journal_text(const std::string& line) {
    if (line.size() < 10) return {};
    std::string text = line.substr(9);
    const bool holds =
        fmt::format("{:08x}", kernel::crc32c(0, text.data(), text.size())) == line.substr(0, 8);
    return holds ? text : std::string();
}

}  // namespace

void write_file(const std::string& path, const std::string& content) {
    const std::string temporary = path + ".tmp";
    const int file = ::open(temporary.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    if (file < 0) io_failed(temporary);
    write_all(file, temporary, content);
    std::error_code error;
    std::filesystem::rename(temporary, path, error);
    if (error) throw IoError(path + ": " + error.message());
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) io_failed(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string sha256_of_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) io_failed(path);
    Sha256 sha;
    std::vector<char> block(1 << 20);
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
        sha.add(block.data(), static_cast<std::size_t>(in.gcount()));
    }
    return sha.hex();
}

std::string sha256_of_text(const std::string& text) {
    Sha256 sha;
    sha.add(text.data(), text.size());
    return sha.hex();
}

void RunJournal::append(const SealedSnapshot& s) {
    const nlohmann::ordered_json body = {
        {"file", s.file},       {"bytes", s.bytes},           {"sha256", s.sha256},
        {"time_us", s.time_us}, {"state_hash", s.state_hash}, {"city_digest", s.city_digest}};
    const std::string text = body.dump();
    const std::string before = std::filesystem::exists(path_) ? read_file(path_) : "";
    const bool is_torn = !before.empty() && before.back() != '\n';
    const int file = ::open(path_.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0644);
    if (file < 0) io_failed(path_);
    write_all(file, path_,
              fmt::format("{}{:08x} {}\n", is_torn ? "\n" : "",
                          kernel::crc32c(0, text.data(), text.size()), text));
}

std::vector<SealedSnapshot> RunJournal::read() const {
    std::vector<SealedSnapshot> sealed;
    std::ifstream in(path_);
    std::string line;
    while (std::getline(in, line)) {
        const auto body = nlohmann::json::parse(journal_text(line), nullptr, false);
        if (body.is_discarded()) continue;
        sealed.push_back({body.at("file"), body.at("bytes"), body.at("sha256"), body.at("time_us"),
                          body.at("state_hash"), body.value("city_digest", "")});
    }
    return sealed;
}

std::size_t RunJournal::damaged_line_count() const {
    std::ifstream in(path_);
    std::string line;
    std::size_t damaged = 0;
    while (std::getline(in, line) && !in.eof())
        damaged += journal_text(line).empty() ? 1 : 0;
    return damaged;
}

SealedSnapshot newest_whole_snapshot(const RunJournal& journal, const std::string& folder,
                                     std::vector<std::string>& skipped) {
    std::vector<SealedSnapshot> sealed = journal.read();
    for (auto it = sealed.rbegin(); it != sealed.rend(); ++it) {
        const std::string path = folder + "/" + it->file;
        std::error_code error;
        if (!std::filesystem::exists(path, error)) continue;  // an older generation, removed
        if (std::filesystem::file_size(path, error) == it->bytes &&
            sha256_of_file(path) == it->sha256) {
            return *it;
        }
        skipped.push_back(it->file);
    }
    return {};
}

}  // namespace jiahe::results
