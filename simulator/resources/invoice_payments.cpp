#include "simulator/resources/invoice_payments.hpp"

#include <array>

#include "simulator/core/list.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kInvoicePaymentSource = "docs.stripe.com/api/invoice-payment";

bool render_payment(JsonWriter& json, const View& view, std::string_view id) {
    const InvoicePayment* payment = view.world.tables.invoice_payments.find(id);
    if (payment == nullptr) return false;
    json.begin_object();
    json.text("id", payment->id);
    json.word("object", "invoice_payment");
    json.number_or_null("amount_paid", payment->amount_paid);
    json.number("amount_requested", payment->amount_requested);
    json.number("created", payment->created);
    json.text("currency", payment->currency);
    write_reference(json, view, "invoice", payment->invoice);
    json.flag("is_default", true);
    json.flag("livemode", false);
    json.key("payment");
    json.begin_object();
    write_reference(json, view.child("payment"), "payment_intent", payment->payment_intent);
    json.word("type", "payment_intent");
    json.end_object();
    json.text("status", payment->status);
    json.key("status_transitions");
    json.begin_object();
    json.number_or_null("canceled_at", payment->canceled_at);
    json.number_or_null("paid_at", payment->paid_at);
    json.end_object();
    json.end_object();
    return true;
}

constexpr std::array kInvoicePaymentReferences = {
    Reference{"invoice", "invoice"}, Reference{"payment.payment_intent", "payment_intent"}};

Answer retrieve_payment(Call& call) {
    if (call.world.tables.invoice_payments.find(call.ids[0]) == nullptr) {
        return std::unexpected(no_such_in_path("invoice_payment", call.ids[0]));
    }
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kInvoicePaymentType, call.ids[0]);
}

Answer list_payments(Call& call) {
    constexpr std::array<std::string_view, 3> kStatuses = {"canceled", "open", "paid"};
    const Page page = read_page(call.params);
    const auto invoice = call.params.set_text("invoice");
    const auto status = call.params.choice("status", kStatuses);
    ParamReader payment = call.params.object("payment");
    payment.ignore("type");
    const auto intent = payment.set_text("payment_intent");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows_of(call, invoice ? *invoice : intent.value_or(""),
                        call.world.tables.invoice_payments, kInvoicePaymentType, page,
                        [&](const InvoicePayment& row) {
                            return (!invoice || row.invoice == *invoice) &&
                                   (!status || row.status == kStatuses[*status]) &&
                                   (!intent || row.payment_intent == *intent);
                        });
}

constexpr std::array kInvoicePaymentRoutes = {
    Route{.method = Method::get,
          .path = "/v1/invoice_payments/{id}",
          .handle = retrieve_payment,
          .result = "invoice_payment",
          .source = kInvoicePaymentSource},
    Route{.method = Method::get,
          .path = "/v1/invoice_payments",
          .handle = list_payments,
          .result = "invoice_payment",
          .shape = Shape::list,
          .source = kInvoicePaymentSource},
};

}  // namespace

const ResourceType kInvoicePaymentType = {"invoice_payment", "inpay_", kInvoicePaymentReferences,
                                          render_payment};

std::span<const Route> invoice_payment_routes() { return kInvoicePaymentRoutes; }

}  // namespace onsite::simulator
