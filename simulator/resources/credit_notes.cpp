#include "simulator/resources/credit_notes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/crediting.hpp"
#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kSource = "docs.stripe.com/api/credit_notes";
constexpr std::array<std::string_view, 4> kReasons = {"duplicate", "fraudulent", "order_change",
                                                      "product_unsatisfactory"};

void write_line(JsonWriter& json, const CreditNote& note) {
    json.begin_object();
    json.text("id", note.line);
    json.text("object", "credit_note_line_item");
    json.number("amount", note.amount);
    json.text_or_null("description", note.memo);
    json.number("discount_amount", 0);
    write_texts(json, "discount_amounts", {});
    json.flag("livemode", false);
    write_metadata(json, {});
    write_texts(json, "pretax_credit_amounts", {});
    json.number("quantity", 1);
    write_texts(json, "tax_rates", {});
    write_texts(json, "taxes", {});
    json.text("type", "custom_line_item");
    json.number("unit_amount", note.amount);
    json.text("unit_amount_decimal", decimal_text(note.amount * kUnitScale, kUnitDigits));
    json.end_object();
}

void write_amounts(JsonWriter& json, const CreditNote& note) {
    json.number("amount", note.amount);
    json.number("amount_shipping", 0);
    json.number("discount_amount", 0);
    write_texts(json, "discount_amounts", {});
    json.number_or_null("out_of_band_amount", note.out_of_band_amount == 0
                                                  ? std::nullopt
                                                  : std::optional(note.out_of_band_amount));
    json.number("post_payment_amount", note.amount - note.pre_payment_amount);
    json.number("pre_payment_amount", note.pre_payment_amount);
    write_texts(json, "pretax_credit_amounts", {});
    write_texts(json, "refunds", {});
    json.null("shipping_cost");
    json.number("subtotal", note.amount);
    json.number("subtotal_excluding_tax", note.amount);
    json.number("total", note.amount);
    json.number("total_excluding_tax", note.amount);
    write_texts(json, "total_taxes", {});
}

bool render_note(JsonWriter& json, const View& view, std::string_view id) {
    const CreditNote* note = view.world.tables.credit_notes.find(id);
    if (note == nullptr) return false;
    json.begin_object();
    json.text("id", note->id);
    json.text("object", "credit_note");
    write_amounts(json, *note);
    json.number("created", note->created);
    json.text("currency", note->currency);
    write_reference(json, view, "customer", note->customer);
    json.null("customer_account");
    write_reference(json, view, "customer_balance_transaction", note->balance_change);
    json.number("effective_at", note->created);
    write_reference(json, view, "invoice", note->invoice);
    write_list(json, "lines", fmt::format("/v1/credit_notes/{}/lines", note->id),
               [&](JsonWriter& list) { write_line(list, *note); });
    json.flag("livemode", false);
    json.text_or_null("memo", note->memo);
    write_metadata(json, note->metadata);
    json.text("number", note->number);
    json.text("pdf", fmt::format("https://invoice.onsite.test/{}/pdf", note->id));
    json.text_or_null("reason", note->reason);
    json.text("status", note->voided_at ? "void" : "issued");
    json.text("type", note->pre_payment_amount == note->amount ? "pre_payment" : "post_payment");
    json.number_or_null("voided_at", note->voided_at);
    json.end_object();
    return true;
}

constexpr std::array kReferences = {
    Reference{"customer", "customer"},
    Reference{"customer_balance_transaction", "customer_balance_transaction"},
    Reference{"invoice", "invoice"}};

Answer create_note(Call& call) {
    ParamReader& params = call.params;
    CreditOrder order;
    order.invoice = params.required_text("invoice");
    order.amount = params.required_integer("amount", 1, kAmountMax);
    order.to_balance = params.integer("credit_amount", 0, kAmountMax).value_or(0);
    order.out_of_band = params.integer("out_of_band_amount", 0, kAmountMax).value_or(0);
    update_text(params, "memo", order.memo);
    update_word(params, "reason", kReasons, order.reason);
    params.update_metadata(order.metadata);
    params.ignore({"effective_at", "email_type"});
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    const auto id = credit(call.world, std::move(order));
    if (!id) return std::unexpected(id.error());
    return answer(call, kCreditNoteType, *id);
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

Answer make_void(Call& call) {
    const auto note = note_of(call);
    if (!note) return std::unexpected(note.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (auto done = void_credit(call.world, **note); !done) return std::unexpected(done.error());
    return answer(call, kCreditNoteType, (*note)->id);
}

Answer list_notes(Call& call) {
    const Page page = read_page(call.params);
    const auto customer = call.params.set_text("customer");
    const auto invoice = call.params.set_text("invoice");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.credit_notes, kCreditNoteType, page,
                     [&](const CreditNote& row) {
                         return (!customer || row.customer == *customer) &&
                                (!invoice || row.invoice == *invoice);
                     });
}

constexpr std::array kRoutes = {
    Route{.method = Method::post,
          .path = "/v1/credit_notes",
          .handle = create_note,
          .result = "credit_note",
          .fidelity = Fidelity::simplified,
          .note = "of an amount, shown as one custom line without taxes: lines, refunds and "
                  "shipping are refused; after payment the amount goes to the balance or out of "
                  "band",
          .source = kSource},
    Route{.method = Method::get,
          .path = "/v1/credit_notes/{id}",
          .handle = retrieve_note,
          .result = "credit_note",
          .source = kSource},
    Route{.method = Method::post,
          .path = "/v1/credit_notes/{id}",
          .handle = update_note,
          .result = "credit_note",
          .source = kSource},
    Route{.method = Method::post,
          .path = "/v1/credit_notes/{id}/void",
          .handle = make_void,
          .result = "credit_note",
          .source = kSource},
    Route{.method = Method::get,
          .path = "/v1/credit_notes",
          .handle = list_notes,
          .result = "credit_note",
          .shape = Shape::list,
          .source = kSource},
};

}  // namespace

const ResourceType kCreditNoteType = {"credit_note", "cn_", kReferences, render_note};

std::span<const Route> credit_note_routes() { return kRoutes; }

}  // namespace onsite::simulator
