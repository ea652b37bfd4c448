// Changes of the lines of a draft. Source: docs.stripe.com/api/invoice-line-item.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/billing/invoicing.hpp"
#include "simulator/resources/charged_params.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/invoice_items.hpp"
#include "simulator/resources/invoice_of.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

void refuse_rest(ParamReader& params) {
    refuse_unsimulated(
        params, "An invoice line",
        {"discounts", "invoice_metadata", "price_data", "quantity_decimal", "tax_amounts"});
}

std::expected<void, ApiError> check_draft(const Invoice& invoice) {
    if (invoice.status == InvoiceStatus::draft) return {};
    return std::unexpected(
        wrong_state("invoice_not_editable",
                    "You can only change the lines of an invoice while it is a draft."));
}

ApiError other_currency(const Invoice& invoice, const Charged& charged) {
    return invalid_parameter("lines", fmt::format("The invoice is in {}, this line in {}.",
                                                  invoice.currency, charged.currency));
}

std::expected<InvoiceLine*, ApiError> line_of(Invoice& invoice, std::string_view id,
                                              std::string_view param) {
    const auto found = std::ranges::find(invoice.lines, id, &InvoiceLine::id);
    if (found != invoice.lines.end()) return &*found;
    return std::unexpected(no_such("line item", id, param));
}

// The draft that the path names, once all parameters were good.
std::expected<Invoice*, ApiError> draft_of(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const auto invoice = invoice_of(call);
    if (!invoice) return invoice;
    if (auto good = check_draft(**invoice); !good) return std::unexpected(good.error());
    return invoice;
}

Answer tell_change(Call& call, Invoice& invoice, const Body& before) {
    recalculate(call.world, invoice);
    return changed(call, kInvoiceType, invoice.id, "invoice.updated", before);
}

// ---- add_lines ----

// A new line, or an item that waits.
struct AddedLine {
    std::string item;
    Charged charged = {};
};

std::vector<AddedLine> read_added(Call& call) {
    std::vector<AddedLine> lines;
    if (!call.params.has("lines")) call.params.refuse(parameter_missing("lines"));
    refuse_rest(call.params);
    for (ParamReader& sent : call.params.objects("lines")) {
        AddedLine line{.item = std::string(sent.set_text("invoice_item").value_or(""))};
        refuse_rest(sent);
        if (line.item.empty()) {
            if (!sent.has("amount") && !sent.has("pricing")) {
                sent.refuse(parameter_missing(sent.path_of("amount")));
            }
            read_charged(sent, call.world, line.charged);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::expected<void, ApiError> check_added(const World& world, const Invoice& invoice,
                                          std::vector<AddedLine>& lines) {
    if (invoice.lines.size() + lines.size() > kLinesMax) {
        return std::unexpected(invalid_parameter(
            "lines", fmt::format("An invoice can have at most {} items.", kLinesMax)));
    }
    for (AddedLine& line : lines) {
        if (!line.item.empty()) {
            const InvoiceItem* item = world.tables.invoice_items.find(line.item);
            if (item == nullptr || item->is_deleted || item->customer != invoice.customer ||
                !item->invoice.empty()) {
                return std::unexpected(
                    no_such("pending invoiceitem", line.item, "lines[0][invoice_item]"));
            }
            line.charged = item->charged;
        }
        if (line.charged.currency.empty()) line.charged.currency = invoice.currency;
        if (line.charged.currency != invoice.currency) {
            return std::unexpected(other_currency(invoice, line.charged));
        }
    }
    return {};
}

Answer add_lines(Call& call) {
    auto lines = read_added(call);
    const auto found = draft_of(call);
    if (!found) return std::unexpected(found.error());
    World& world = call.world;
    Invoice& invoice = **found;
    if (auto good = check_added(world, invoice, lines); !good) {
        return std::unexpected(good.error());
    }
    const Body before = rendered(world, kInvoiceType, invoice.id);
    for (AddedLine& line : lines) {
        if (InvoiceItem* item = world.tables.invoice_items.find(line.item)) {
            item->invoice = invoice.id;
            invoice.lines.push_back(
                {.id = world.ids.next("il_"), .invoice_item = item->id, .charged = item->charged});
        } else {
            add_invoice_item(world, {.id = {},
                                     .customer = invoice.customer,
                                     .invoice = invoice.id,
                                     .charged = std::move(line.charged)});
        }
    }
    return tell_change(call, invoice, before);
}

// ---- update_lines ----

struct ChangedLine {
    InvoiceLine* line = nullptr;
    Charged charged = {};
};

// What one line is after the parameters. A line that there is not is told first.
std::expected<ChangedLine, ApiError> read_changed(ParamReader& params, const World& world,
                                                  Invoice& invoice, std::string_view id) {
    const auto line = line_of(invoice, id, params.path_of("id"));
    if (!line) return std::unexpected(line.error());
    ChangedLine change{.line = *line, .charged = (*line)->charged};
    refuse_rest(params);
    read_charged(params, world, change.charged);
    return change;
}

// The item that the line came from follows it.
void apply(World& world, ChangedLine& change) {
    change.line->charged = std::move(change.charged);
    InvoiceItem* item = world.tables.invoice_items.find(change.line->invoice_item);
    if (item != nullptr) item->charged = change.line->charged;
}

Answer update_lines(Call& call) {
    const auto invoice = invoice_of(call);
    if (!invoice) return std::unexpected(invoice.error());
    std::vector<ChangedLine> changes;
    if (!call.params.has("lines")) call.params.refuse(parameter_missing("lines"));
    refuse_rest(call.params);
    for (ParamReader& sent : call.params.objects("lines")) {
        const std::string id(sent.required_text("id"));
        auto change = read_changed(sent, call.world, **invoice, id);
        if (!change) return std::unexpected(std::move(change.error()));
        changes.push_back(std::move(*change));
    }
    if (const auto draft = draft_of(call); !draft) return std::unexpected(draft.error());
    for (const ChangedLine& change : changes) {
        if (change.charged.currency != (*invoice)->currency) {
            return std::unexpected(other_currency(**invoice, change.charged));
        }
    }
    const Body before = rendered(call.world, kInvoiceType, (*invoice)->id);
    for (ChangedLine& change : changes) apply(call.world, change);
    return tell_change(call, **invoice, before);
}

Answer update_line(Call& call) {
    const auto invoice = invoice_of(call);
    if (!invoice) return std::unexpected(invoice.error());
    auto change = read_changed(call.params, call.world, **invoice, call.ids[1]);
    if (!change) return std::unexpected(no_such_in_path("line item", call.ids[1]));
    if (const auto draft = draft_of(call); !draft) return std::unexpected(draft.error());
    if (change->charged.currency != (*invoice)->currency) {
        return std::unexpected(other_currency(**invoice, change->charged));
    }
    const Body before = rendered(call.world, kInvoiceType, (*invoice)->id);
    InvoiceLine& line = *change->line;
    apply(call.world, *change);
    recalculate(call.world, **invoice);
    emit_changed(call.world, kInvoiceType, (*invoice)->id, "invoice.updated", before);
    JsonWriter json;
    write_invoice_line(json, call.view(), **invoice, line, 0);
    return std::make_shared<const std::string>(json.written());
}

// ---- remove_lines ----

struct RemovedLine {
    std::string id;
    bool is_kept = false;  // Its item waits again for the next invoice.
};

std::vector<RemovedLine> read_removed(ParamReader& params) {
    constexpr std::array<std::string_view, 2> kBehaviors = {"delete", "unassign"};
    std::vector<RemovedLine> lines;
    if (!params.has("lines")) params.refuse(parameter_missing("lines"));
    refuse_rest(params);
    for (ParamReader& sent : params.objects("lines")) {
        RemovedLine line{.id = std::string(sent.required_text("id"))};
        if (!sent.has("behavior")) sent.refuse(parameter_missing(sent.path_of("behavior")));
        line.is_kept = sent.choice("behavior", kBehaviors) == 1U;
        lines.push_back(std::move(line));
    }
    return lines;
}

std::expected<void, ApiError> check_removed(Invoice& invoice,
                                            const std::vector<RemovedLine>& lines) {
    for (const RemovedLine& line : lines) {
        const auto found = line_of(invoice, line.id, "lines[0][id]");
        if (!found) return std::unexpected(found.error());
        if (!line.is_kept || !(*found)->invoice_item.empty()) continue;
        return std::unexpected(invalid_parameter(
            "lines[0][behavior]",
            "The line of a subscription's period has no invoice item that could wait: `delete` "
            "it instead."));
    }
    return {};
}

void remove_line(World& world, Invoice& invoice, const RemovedLine& removed) {
    const auto found = std::ranges::find(invoice.lines, removed.id, &InvoiceLine::id);
    if (found == invoice.lines.end()) return;  // Named twice.
    InvoiceItem* item = world.tables.invoice_items.find(found->invoice_item);
    invoice.lines.erase(found);
    if (item == nullptr) return;
    if (removed.is_kept) {
        item->invoice.clear();
    } else {
        world.emit("invoiceitem.deleted", rendered(world, kInvoiceItemType, item->id));
        item->is_deleted = true;
    }
}

Answer remove_lines(Call& call) {
    const auto lines = read_removed(call.params);
    const auto invoice = draft_of(call);
    if (!invoice) return std::unexpected(invoice.error());
    if (auto good = check_removed(**invoice, lines); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kInvoiceType, (*invoice)->id);
    for (const RemovedLine& line : lines) remove_line(call.world, **invoice, line);
    return tell_change(call, **invoice, before);
}

constexpr std::string_view kInvoiceLineNote =
    "discounts of single lines, price_data, quantity_decimal, tax_amounts and invoice_metadata are "
    "refused";

constexpr Route line_route(std::string_view path, Answer (*handle)(Call&), std::string_view result,
                           std::string_view note) {
    return {.method = Method::post,
            .path = path,
            .handle = handle,
            .result = result,
            .fidelity = Fidelity::simplified,
            .note = note,
            .source = "docs.stripe.com/api/invoice-line-item"};
}

constexpr std::array kInvoiceLineRoutes = {
    line_route("/v1/invoices/{id}/add_lines", add_lines, "invoice", kInvoiceLineNote),
    line_route("/v1/invoices/{id}/update_lines", update_lines, "invoice", kInvoiceLineNote),
    line_route("/v1/invoices/{id}/remove_lines", remove_lines, "invoice",
               "invoice_metadata is refused"),
    line_route("/v1/invoices/{id}/lines/{id}", update_line, "line_item", kInvoiceLineNote),
};

}  // namespace

std::span<const Route> invoice_line_routes() { return kInvoiceLineRoutes; }

}  // namespace onsite::simulator
