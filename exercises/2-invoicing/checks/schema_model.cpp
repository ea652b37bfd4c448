#include "exercises/2-invoicing/checks/schema_model.hpp"

#include <algorithm>

namespace onsite::invoicing {

const Column* Table::column(std::string_view wanted) const {
    const auto found = std::ranges::find(columns, wanted, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

const Table* Schema::table(std::string_view wanted) const {
    const auto found = std::ranges::find(tables, wanted, &Table::name);
    return found == tables.end() ? nullptr : &*found;
}

}  // namespace onsite::invoicing
