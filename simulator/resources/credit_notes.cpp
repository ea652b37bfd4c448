#include "simulator/resources/credit_notes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/crediting.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/cut_page.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kCreditNoteSource = "docs.stripe.com/api/credit_notes";
constexpr std::array<std::string_view, 4> kCreditReasons = {
    "duplicate", "fraudulent", "order_change", "product_unsatisfactory"};

CreditLineOrder read_line(ParamReader& params) {
    constexpr std::array<std::string_view, 2> kTypes = {"invoice_line_item", "custom_line_item"};
    CreditLineOrder line;
    if (!params.has("type")) params.refuse(parameter_missing(params.path_of("type")));
    const bool is_custom = params.choice("type", kTypes) == 1U;
    const auto quantity = params.integer("quantity", 1, kQuantityMax);
    line.quantity = quantity.value_or(1);
    update_text(params, "description", line.description);
    refuse_unsimulated(params, "A credit note", {"metadata", "tax_amounts", "tax_rates"});
    if (is_custom) {
        const auto unit = params.integer("unit_amount", 0, kAmountMax);
        const auto decimal = read_decimal(params, "unit_amount_decimal", kUnitDigits);
        if (unit.has_value() == decimal.has_value()) {
            params.refuse("unit_amount",
                          "A custom line item has one of unit_amount and unit_amount_decimal.");
        }
        line.unit_price =
            unit ? *unit * kUnitScale : std::max<std::int64_t>(decimal.value_or(0), 0);
        return line;
    }
    line.invoice_line = params.required_text("invoice_line_item");
    line.amount = params.integer("amount", 1, kAmountMax);
    if (line.amount.has_value() == quantity.has_value()) {
        params.refuse("quantity", "The line of an invoice is credited by quantity or by amount.");
    }
    return line;
}

// What create and preview take.
CreditOrder read_order(ParamReader& params) {
    CreditOrder order;
    order.invoice = params.required_text("invoice");
    order.amount = params.integer("amount", 1, kAmountMax);
    for (ParamReader& sent : params.objects("lines")) order.lines.push_back(read_line(sent));
    if (!order.amount && order.lines.empty()) params.refuse(parameter_missing("amount"));
    if (order.lines.size() > kLinesMax) {
        params.refuse("lines", fmt::format("You may pass up to {} lines.", kLinesMax));
    }
    order.to_balance = params.integer("credit_amount", 0, kAmountMax).value_or(0);
    order.out_of_band = params.integer("out_of_band_amount", 0, kAmountMax).value_or(0);
    order.refunded = params.integer("refund_amount", 0, kAmountMax).value_or(0);
    update_text(params, "memo", order.memo);
    update_word(params, "reason", kCreditReasons, order.reason);
    params.update_metadata(order.metadata);
    params.ignore({"effective_at", "email_type"});
    refuse_unsimulated(params, "A credit note", {"refunds", "shipping_cost"});
    return order;
}

Answer create_note(Call& call) {
    const CreditOrder order = read_order(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const auto id = credit(call.world, order);
    if (!id) return std::unexpected(id.error());
    return answer(call, kCreditNoteType, *id);
}

Answer preview_note(Call& call) {
    const CreditOrder order = read_order(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const auto note = drafted_credit(call.world, order);
    if (!note) return std::unexpected(note.error());
    JsonWriter json;
    write_credit_note(json, call.view(), *note);
    return std::make_shared<const std::string>(json.written());
}

Answer list_of(const Call& call, const CreditNote& note, const Page& page) {
    return cut_page(call, note.lines, page,
                    [&](JsonWriter& json, const CreditLine& line, std::size_t place) {
                        write_credit_line(json, {call.world}, line, place);
                    });
}

Answer preview_lines(Call& call) {
    const Page page = read_page(call.params);
    const CreditOrder order = read_order(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const auto note = drafted_credit(call.world, order);
    if (!note) return std::unexpected(note.error());
    return list_of(call, *note, page);
}

std::expected<CreditNote*, ApiError> note_of(const Call& call) {
    CreditNote* note = call.world.tables.credit_notes.find(call.ids[0]);
    if (note == nullptr) return std::unexpected(no_such_in_path("credit note", call.ids[0]));
    return note;
}

Answer retrieve_note(Call& call) {
    const auto note = note_of(call);
    if (!note) return std::unexpected(note.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kCreditNoteType, (*note)->id);
}

Answer list_credit_note_lines(Call& call) {
    const auto note = note_of(call);
    if (!note) return std::unexpected(note.error());
    const Page page = read_page(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_of(call, **note, page);
}

Answer update_note(Call& call) {
    const auto note = note_of(call);
    if (!note) return std::unexpected(note.error());
    CreditNote sent = **note;
    update_text(call.params, "memo", sent.memo);
    call.params.update_metadata(sent.metadata);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kCreditNoteType, sent.id);
    **note = std::move(sent);
    return changed(call, kCreditNoteType, (*note)->id, "credit_note.updated", before);
}

Answer void_credit_note(Call& call) {
    const auto note = note_of(call);
    if (!note) return std::unexpected(note.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (auto done = void_credit(call.world, **note); !done) return std::unexpected(done.error());
    return answer(call, kCreditNoteType, (*note)->id);
}

Answer list_notes(Call& call) {
    const Page page = read_page(call.params);
    const auto customer = read_filter(call.params, "customer", call.world.tables.customers);
    const auto invoice = read_filter(call.params, "invoice", call.world.tables.invoices);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.credit_notes, kCreditNoteType, page,
                     [&](const CreditNote& row) {
                         return (!customer || row.customer == *customer) &&
                                (!invoice || row.invoice == *invoice);
                     });
}

constexpr std::string_view kCreditNoteNote =
    "linked refunds, shipping, and taxes of custom lines are refused; a part of an invoice's line "
    "has the same part of its discounts and taxes; a preview has the id cn_preview";

constexpr std::array kCreditNoteRoutes = {
    Route{.method = Method::post,
          .path = "/v1/credit_notes",
          .handle = create_note,
          .result = "credit_note",
          .fidelity = Fidelity::simplified,
          .note = kCreditNoteNote,
          .source = kCreditNoteSource},
    Route{.method = Method::get,
          .path = "/v1/credit_notes/preview",
          .handle = preview_note,
          .result = "credit_note",
          .fidelity = Fidelity::simplified,
          .note = kCreditNoteNote,
          .source = kCreditNoteSource},
    Route{.method = Method::get,
          .path = "/v1/credit_notes/preview/lines",
          .handle = preview_lines,
          .result = "credit_note_line_item",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = kCreditNoteNote,
          .source = kCreditNoteSource},
    Route{.method = Method::get,
          .path = "/v1/credit_notes/{id}/lines",
          .handle = list_credit_note_lines,
          .result = "credit_note_line_item",
          .shape = Shape::list,
          .source = kCreditNoteSource},
    Route{.method = Method::get,
          .path = "/v1/credit_notes/{id}",
          .handle = retrieve_note,
          .result = "credit_note",
          .source = kCreditNoteSource},
    Route{.method = Method::post,
          .path = "/v1/credit_notes/{id}",
          .handle = update_note,
          .result = "credit_note",
          .source = kCreditNoteSource},
    Route{.method = Method::post,
          .path = "/v1/credit_notes/{id}/void",
          .handle = void_credit_note,
          .result = "credit_note",
          .source = kCreditNoteSource},
    Route{.method = Method::get,
          .path = "/v1/credit_notes",
          .handle = list_notes,
          .result = "credit_note",
          .shape = Shape::list,
          .source = kCreditNoteSource},
};

}  // namespace

std::span<const Route> credit_note_routes() { return kCreditNoteRoutes; }

}  // namespace onsite::simulator
