#include "exercises/1-reconciliation/checks/words.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ascii.hpp"

namespace onsite::reconciliation {
namespace {

constexpr std::size_t kFieldBytesShown = 48;
constexpr std::size_t kHeadBytesShown = 16;
constexpr std::size_t kTailBytesShown = 8;
constexpr std::size_t kRowsShown = 12;

bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("-_.+/:#").find(c) != std::string_view::npos;
}

// The code point that begins at text[at], and how many bytes it takes; a stray byte stands for
// itself.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 1;
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (bytes == 1 || at + bytes > text.size()) return {lead, 1};
    std::uint32_t value = lead & (0xFFu >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) value = (value << 6) | (byte(at + i) & 0x3Fu);
    return {value, bytes};
}

// Code points as they are when they are printable ASCII, else as \u{...}.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point_at(text, at);
        at += point.bytes;
        if (point.value == '"' || point.value == '\\') {
            out += fmt::format("\\{}", static_cast<char>(point.value));
        } else if (point.value >= 0x20 && point.value < 0x7F) {
            out += static_cast<char>(point.value);
        } else {
            out += fmt::format("\\u{{{:x}}}", point.value);
        }
    }
    return out;
}

// The end is shown too: two long ids may differ in their last byte only.
std::string cut(std::string_view text) {
    std::size_t head = kHeadBytesShown;
    while (!begins_code_point(text[head])) --head;
    std::size_t tail = text.size() - kTailBytesShown;
    while (tail < text.size() && !begins_code_point(text[tail])) ++tail;
    return fmt::format("\"{}...{}\"({} bytes)", escaped(text.substr(0, head)),
                       escaped(text.substr(tail)), text.size());
}

std::string fields_of(const Transaction& transaction) {
    return fmt::format("{} {} {}", shown(transaction.id), transaction.amount,
                       shown(transaction.currency));
}

std::string what_differs(const Finding& finding) {
    if (finding.amount_differs && finding.currency_differs) return "amount and currency differ";
    return finding.amount_differs ? "amount differs" : "currency differs";
}

bool are_about_the_same(const Finding& a, const Finding& b) {
    if (a.kind == FindingKind::rejected || b.kind == FindingKind::rejected) {
        return a.kind == b.kind && a.side == b.side && a.row == b.row;
    }
    return id_of(a) == id_of(b);
}

std::string all_about(const Finding& subject, const Findings& findings) {
    std::string words;
    for (const Finding& finding : findings) {
        if (!are_about_the_same(subject, finding)) continue;
        words += (words.empty() ? "" : "; ") + in_words(finding);
    }
    return words.empty() ? "nothing" : words;
}

std::size_t count_others(const Finding& subject, const Findings& findings) {
    return static_cast<std::size_t>(std::ranges::count_if(
        findings, [&](const Finding& one) { return !are_about_the_same(subject, one); }));
}

// Whether a difference is about this row of a feed.
bool is_marked(const Difference& difference, Side side, const Row& row, std::uint64_t number) {
    const auto is_about_row = [&](const Finding& finding) {
        if (finding.kind == FindingKind::rejected) {
            return finding.side == side && finding.row == number;
        }
        return !row.empty() && id_of(finding) == row.front();
    };
    return std::ranges::any_of(difference.missing, is_about_row) ||
           std::ranges::any_of(difference.extra, is_about_row);
}

using Lines = std::vector<std::string>;

// The first rows and all marked rows, at most kRowsShown.
std::vector<std::size_t> rows_to_show(const std::vector<bool>& marks) {
    const auto marked = static_cast<std::size_t>(std::ranges::count(marks, true));
    std::size_t unmarked_left = kRowsShown - std::min(kRowsShown, marked);
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < marks.size() && shown.size() < kRowsShown; ++i) {
        if (!marks[i] && unmarked_left == 0) continue;
        if (!marks[i]) --unmarked_left;
        shown.push_back(i);
    }
    return shown;
}

Lines table_of(Side side, const std::vector<Row>& rows, const Difference& difference) {
    std::vector<bool> marks;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        marks.push_back(is_marked(difference, side, rows[i], i + 1));
    }
    const std::vector<std::size_t> places = rows_to_show(marks);
    std::vector<std::size_t> widths;
    for (const std::size_t place : places) {
        for (std::size_t field = 0; field < rows[place].size(); ++field) {
            if (field == widths.size()) widths.push_back(0);
            widths[field] = std::max(widths[field], shown(rows[place][field]).size());
        }
    }
    Lines lines = {std::string(to_string(side))};
    for (const std::size_t place : places) {
        std::string line = fmt::format("{} {:>5}", marks[place] ? '>' : ' ', place + 1);
        for (std::size_t field = 0; field < rows[place].size(); ++field) {
            line += fmt::format("  {:<{}}", shown(rows[place][field]), widths[field]);
        }
        lines.push_back(std::move(line));
    }
    if (rows.empty()) lines.push_back("  (no rows)");
    if (places.size() < rows.size()) {
        lines.push_back(fmt::format("  ... {} more rows", rows.size() - places.size()));
    }
    return lines;
}

std::string side_by_side(const Lines& left, const Lines& right) {
    std::size_t width = 0;
    for (const std::string& line : left) width = std::max(width, line.size());
    std::string text;
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        std::string line = fmt::format("{:<{}}    {}", i < left.size() ? left[i] : "", width,
                                       i < right.size() ? right[i] : "");
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

}  // namespace

std::string shown(std::string_view field) {
    if (field.size() > kFieldBytesShown) return cut(field);
    const bool is_all_plain = !field.empty() && std::ranges::all_of(field, is_plain);
    return is_all_plain ? std::string(field) : fmt::format("\"{}\"", escaped(field));
}

std::string in_words(const Finding& finding) {
    switch (finding.kind) {
        case FindingKind::unmatched:
            return fmt::format(
                "{} only  {}", to_string(finding.side),
                fields_of(finding.side == Side::ledger ? finding.ledger : finding.bank));
        case FindingKind::discrepancy:
            return fmt::format("ledger {}, bank {}: {}", fields_of(finding.ledger),
                               fields_of(finding.bank), what_differs(finding));
        case FindingKind::rejected:
            return fmt::format("{} row {} rejected: {}", to_string(finding.side), finding.row,
                               to_string(finding.reason));
    }
    std::abort();
}

Mismatch first_mismatch(const Difference& difference) {
    const Findings& from = difference.missing.empty() ? difference.extra : difference.missing;
    const Finding& subject = from.front();
    Mismatch mismatch{.expected = all_about(subject, difference.missing),
                      .found = all_about(subject, difference.extra),
                      .more = ""};
    const std::size_t others =
        count_others(subject, difference.missing) + count_others(subject, difference.extra);
    if (others > 0) {
        mismatch.more = fmt::format("and {} more difference{}", others, others == 1 ? "" : "s");
    }
    return mismatch;
}

std::string in_words(const Mismatch& mismatch) {
    return fmt::format("expected {}, found {}{}{}", mismatch.expected, mismatch.found,
                       mismatch.more.empty() ? "" : ", ", mismatch.more);
}

std::string story_of(const Question& question, const Difference& difference) {
    std::string text = side_by_side(table_of(Side::ledger, question.ledger, difference),
                                    table_of(Side::bank, question.bank, difference));
    if (difference.is_none()) return text;
    const Mismatch mismatch = first_mismatch(difference);
    text += fmt::format("\nexpected  {}\nfound     {}\n", mismatch.expected, mismatch.found);
    if (!mismatch.more.empty()) text += fmt::format("          {}\n", mismatch.more);
    return text;
}

}  // namespace onsite::reconciliation
