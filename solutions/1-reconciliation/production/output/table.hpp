// Columns of text, each as wide as its widest cell.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace onsite::reconcile {

using TableRow = std::vector<std::string>;

// Two blanks between columns, a line end behind each row. The first `names` columns begin at the
// left, the others, numbers, end at the right. A row may have fewer cells than others.
// What a terminal would act on is escaped. REQUIRES: cells in ASCII.
std::string table(std::vector<TableRow> rows, std::size_t names = 1);

}  // namespace onsite::reconcile
