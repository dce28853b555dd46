#include "scenario/pre_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "scenario/error_codes.h"

namespace jiahe::scenario {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

std::optional<ScanFault> scan_encoding(std::string_view text) {
    int line = 1;
    int column = 1;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        const unsigned char c = byte_at(text, at);
        if (length == 0) {
            return ScanFault{code::kEncoding, line, column,
                             fmt::format("byte 0x{:02X} is not UTF-8", c)};
        }
        const bool carriage_return = c == '\r' && byte_at(text, at + 1) == '\n';
        if ((c < 0x20 && c != '\n' && c != '\t' && !carriage_return) || c == 0x7F) {
            return ScanFault{code::kEncoding, line, column,
                             fmt::format("control character 0x{:02X}", c)};
        }
        at += length;
        ++column;
        if (c == '\n') {
            ++line;
            column = 1;
        }
    }
    return std::nullopt;
}

// Walks the text once, keeping the open block levels and the open brackets.
class DepthScan {
  public:
    explicit DepthScan(std::string_view text) : text_(text) {}

    std::optional<ScanFault> run() {
        while (at_ < text_.size() && !fault_) {
            if (flow_ == 0) {
                start_line();
            }
            walk_line();
        }
        return fault_;
    }

  private:
    struct Level {
        int column;
        bool list;
    };

    char here(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
    }
    bool blank(std::size_t ahead) const {
        const char c = here(ahead);
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
    int column() const { return static_cast<int>(at_ - line_start_); }

    void next_line() {
        ++at_;
        line_start_ = at_;
        ++line_;
    }

    void push(int column, bool list) {
        levels_.push_back({column, list});
        check_depth();
    }

    void check_depth() {
        if (levels_.size() + flow_ <= kMostLevels || fault_) return;
        const std::string_view before = text_.substr(line_start_, at_ - line_start_);
        const auto characters = std::count_if(before.begin(), before.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
        });
        fault_ = ScanFault{code::kTooDeep, line_, static_cast<int>(characters) + 1,
                           fmt::format("nested deeper than {} levels", kMostLevels)};
    }

    // Indentation and the "- " that open lists; REQUIRES: at the start of a line, outside flow.
    void start_line() {
        while (here() == ' ')
            ++at_;
        if (here() == '#' || here() == '\n' || here() == '\r') return;
        if (here() == '\t') {
            check_tab();
            return;
        }
        if (column() == 0 && here() == '%') {
            fault_ = ScanFault{code::kDirective, line_, 1, "directives are not accepted"};
            return;
        }
        const bool dash = here() == '-' && blank(1);
        while (!levels_.empty() &&
               (levels_.back().column > column() ||
                (levels_.back().column == column() && levels_.back().list && !dash))) {
            levels_.pop_back();
        }
        while (here() == '-' && blank(1) && here() != '\n' && !fault_) {
            const bool open =
                !levels_.empty() && levels_.back().column == column() && levels_.back().list;
            if (!open) push(column(), true);
            ++at_;
            while (here() == ' ')
                ++at_;
        }
    }

    // A tab before anything but blanks and a comment.
    void check_tab() {
        const std::size_t word = text_.find_first_not_of(" \t\r", at_);
        if (word == std::string_view::npos || text_[word] == '\n' || text_[word] == '#') return;
        fault_ = ScanFault{code::kSyntax, line_, column() + 1, "a tab cannot indent: use spaces"};
    }

    // The rest of a line: keys, quotes, brackets, comments. Ends after the line's end.
    void walk_line() {
        const int key_column = column();
        bool token_start = true;  // only here quotes, brackets and '|' are indicators in a block
        for (; at_ < text_.size() && !fault_; ++at_) {
            const char c = here();
            if (c == '\n') {
                next_line();
                return;
            }
            if (c == '#' && (at_ == line_start_ || blank_before())) {
                skip_to_line_end();
                return;
            }
            if (token_start && (c == '"' || c == '\'')) {
                skip_quoted(c);
                token_start = false;
            } else if (bracket(c, token_start)) {
                token_start = c != ']' && c != '}';
            } else if (flow_ == 0 && token_start && (c == '|' || c == '>')) {
                skip_block_scalar();
                return;
            } else if (c == ':' && (blank(1) || flow_ > 0)) {
                if (flow_ == 0) open_key(key_column);
                token_start = true;
            } else if (c == ',' && flow_ > 0) {
                token_start = true;
            } else if (c != ' ' && c != '\t') {
                token_start = false;
            }
        }
    }

    bool blank_before() const { return text_[at_ - 1] == ' ' || text_[at_ - 1] == '\t'; }

    void open_key(int key_column) {
        const bool open =
            !levels_.empty() && levels_.back().column == key_column && !levels_.back().list;
        if (!open) push(key_column, false);
    }

    bool bracket(char c, bool token_start) {
        if ((c == '[' || c == '{') && (token_start || flow_ > 0)) {
            ++flow_;
            check_depth();
            return true;
        }
        if ((c == ']' || c == '}') && flow_ > 0) {
            --flow_;
            return true;
        }
        return false;
    }

    // Leaves at_ on the closing quote (or on the last character).
    void skip_quoted(char quote) {
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n') {
                line_start_ = at_ + 1;
                ++line_;
            } else if (c == '\\' && quote == '"') {
                ++at_;
                if (here() == '\n') --at_;  // the line's end is counted above
            } else if (c == quote) {
                if (quote == '"' || here(1) != '\'') return;
                ++at_;
            }
        }
    }

    void skip_to_line_end() {
        const std::size_t end = text_.find('\n', at_);
        at_ = end == std::string_view::npos ? text_.size() : end;
        if (at_ < text_.size()) next_line();
    }

    // Skips the lines that are indented more than the key or dash that owns the scalar.
    void skip_block_scalar() {
        const int parent = levels_.empty() ? -1 : levels_.back().column;
        skip_to_line_end();
        while (at_ < text_.size()) {
            const std::size_t start = at_;
            while (here() == ' ')
                ++at_;
            const bool empty = here() == '\n' || here() == '\r';
            if (!empty && column() <= parent) {
                at_ = start;
                return;
            }
            skip_to_line_end();
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    int line_ = 1;
    std::size_t flow_ = 0;
    std::vector<Level> levels_;
    std::optional<ScanFault> fault_;
};

}  // namespace

std::optional<ScanFault> scan_text(std::string_view text) {
    if (text.size() > kMostBytes) {
        return ScanFault{code::kTooLarge, 0, 0,
                         fmt::format("the scenario has {} bytes, at most {} are accepted",
                                     text.size(), kMostBytes)};
    }
    if (auto fault = scan_encoding(text)) return fault;
    return DepthScan(text).run();
}

}  // namespace jiahe::scenario
