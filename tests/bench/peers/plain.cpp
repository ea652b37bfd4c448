// onsite-bench-plain LEDGER BANK OUT
// What one writes first: a map of the ledger's rows, and one walk over the bank's. A peer of the
// reconciliation engine; it knows no quotes, no duplicates and no bad rows.
#include <fstream>
#include <iostream>
#include <string>
#include <unordered_map>

namespace {

struct Row {
    std::string amount;
    std::string currency;
    bool is_paired = false;
    bool operator==(const Row&) const = default;
};

bool read_row(std::ifstream& feed, std::string& id, Row& row) {
    std::string line;
    if (!std::getline(feed, line)) return false;
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    id = line.substr(0, first);
    row = {line.substr(first + 1, second - first - 1), line.substr(second + 1)};
    return true;
}

std::ifstream open_feed(const char* path) {
    std::ifstream feed(path);
    std::string header;
    std::getline(feed, header);
    return feed;
}

}  // namespace

int main(int count, char** words) {
    if (count != 4) {
        std::cerr << "usage: onsite-bench-plain LEDGER BANK OUT\n";
        return 2;
    }
    const std::string out = words[3];
    std::ofstream only_ledger(out + "/only_ledger.csv");
    std::ofstream only_bank(out + "/only_bank.csv");
    std::ofstream differ(out + "/differ.csv");
    std::unordered_map<std::string, Row> rows;
    std::string id;
    Row row;
    for (std::ifstream ledger = open_feed(words[1]); read_row(ledger, id, row);) rows[id] = row;
    for (std::ifstream bank = open_feed(words[2]); read_row(bank, id, row);) {
        const auto found = rows.find(id);
        if (found == rows.end()) {
            only_bank << id << ',' << row.amount << ',' << row.currency << '\n';
            continue;
        }
        if (found->second != row) {
            differ << id << ',' << found->second.amount << ',' << found->second.currency << ','
                   << row.amount << ',' << row.currency << '\n';
        }
        found->second.is_paired = true;
    }
    for (const auto& [own, kept] : rows) {
        if (!kept.is_paired) {
            only_ledger << own << ',' << kept.amount << ',' << kept.currency << '\n';
        }
    }
    return only_ledger.flush() && only_bank.flush() && differ.flush() ? 0 : 3;
}
