// What a feed is: where its bytes come from, and how its rows are written down.
//
// The compression of a file is not asked for: gzip and zstd are told by their first bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace onsite::reconcile {

enum class Side : std::uint8_t { ledger, bank };
inline constexpr std::size_t kSides = 2;
std::string_view to_string(Side side);

enum class Format : std::uint8_t { csv, ndjson };

// minor: 1050 is 10.50 USD and 1050 JPY. decimal: "10.50" is 10.50 USD, "1050" is 1050 JPY and
// "1.050" is 1.050 KWD: ISO 4217 says how many decimals a currency has (money.hpp).
enum class AmountForm : std::uint8_t { minor, decimal };

// An id is bytes, 0 to this many; upper case, white space and Unicode forms are not folded.
inline constexpr std::size_t kIdBytesMax = 64 << 10;
// A row as it stands in the file, with quotes, escapes and columns that nobody asked for.
inline constexpr std::size_t kRowBytesMax = 1 << 20;

// The names of the three columns in the header of a CSV file, or the keys of NDJSON objects.
struct ColumnNames {
    std::string id = "id";
    std::string amount = "amount";
    std::string currency = "currency";
};

// Where the columns of a CSV file without a header are, counted from 0, and how many a row has.
struct ColumnNumbers {
    std::size_t id = 0;
    std::size_t amount = 1;
    std::size_t currency = 2;
    std::size_t count = 3;
};

struct Feed {
    // One feed in this order; "-" is standard input. Each CSV file has its own header.
    std::vector<std::filesystem::path> files;
    Format format = Format::csv;
    AmountForm amounts = AmountForm::minor;
    ColumnNames names;
    // CSV only.
    bool has_header = true;
    ColumnNumbers numbers;  // Used when there is no header.
    char delimiter = ',';
};

// Where a row begins. `byte` counts from 0 in the uncompressed content, `line` from 1.
struct Place {
    std::uint32_t file = 0;  // Index into Feed::files.
    std::uint64_t line = 0;
    std::uint64_t byte = 0;
    bool operator==(const Place&) const = default;
};

}  // namespace onsite::reconcile
