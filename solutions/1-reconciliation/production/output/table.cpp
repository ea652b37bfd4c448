#include "solutions/1-reconciliation/production/output/table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/escape.hpp"

namespace onsite::reconcile {

std::string table(std::vector<TableRow> rows, std::size_t names) {
    std::vector<std::size_t> widths;
    for (TableRow& row : rows) {
        for (std::string& cell : row) cell = harmless(cell, Lines::one);
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    for (const TableRow& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) text += "  ";
            text += i < names ? fmt::format("{:<{}}", row[i], widths[i])
                              : fmt::format("{:>{}}", row[i], widths[i]);
        }
        text += '\n';
    }
    return text;
}

}  // namespace onsite::reconcile
