// A schema as a database's own catalog describes it, with the lines that it was written on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onsite::invoicing {

// Names are in small letters.
struct Column {
    std::string name;
    std::string type;  // As declared, in capital letters: "BIGINT".
    bool is_not_null = false;
    int line = 0;
};

struct ForeignKey {
    std::vector<std::string> columns;
    std::string table;  // The one referred to.
};

// An index, also one that a PRIMARY KEY or UNIQUE makes.
struct Index {
    std::string name;
    bool is_unique = false;
    bool is_partial = false;
    std::vector<std::string> columns;  // Empty text for an expression.
    int line = 0;                      // The table's when a constraint made it.
};

struct Table {
    std::string name;
    int line = 0;
    std::vector<Column> columns;
    std::vector<ForeignKey> foreign_keys;
    std::vector<Index> indexes;

    const Column* column(std::string_view wanted) const;
};

struct Schema {
    std::vector<Table> tables;  // In the order of the text.

    const Table* table(std::string_view wanted) const;
};

// The line of the table; 0 when it is missing, which quotes the document as a whole.
inline int line_of(const Table* table) { return table == nullptr ? 0 : table->line; }

}  // namespace onsite::invoicing
