// Whatever findings there are, the wire form says exactly them.

#include "exercises/1-reconciliation/checks/wire.hpp"

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/reply.hpp"
#include "exercises/1-reconciliation/checks/strange.hpp"
#include "tests/property/property.hpp"

namespace onsite::reconciliation {
namespace {

rc::Gen<std::string> any_id() {
    std::vector<std::string> ids;
    for (const auto& family : strange_id_families())
        ids.insert(ids.end(), family.begin(), family.end());
    return rc::gen::elementOf(ids);
}

rc::Gen<Transaction> any_transaction() {
    return rc::gen::exec([] {
        return Transaction{*any_id(), *rc::gen::arbitrary<std::int64_t>(),
                           *rc::gen::element<std::string>("USD", "JPY", "QQQ")};
    });
}

rc::Gen<Finding> any_finding() {
    return rc::gen::exec([] {
        const Side side = *rc::gen::element(Side::ledger, Side::bank);
        Transaction one = *any_transaction();
        const int kind = *rc::gen::inRange(0, 3);
        if (kind == 0) return unmatched(side, one);
        if (kind == 1) {
            Transaction other = one;
            other.amount = *rc::gen::distinctFrom(one.amount);
            return discrepancy(one, other);
        }
        return rejected(side, *rc::gen::inRange<std::uint64_t>(1, 1'000'000),
                        *rc::gen::element(RejectReason::bad_id, RejectReason::duplicate_id));
    });
}

TEST(WireProperty, FindingsComeBackAsTheyWent) {
    expect_property(
        [] {
            const Findings findings = sorted(*rc::gen::container<Findings>(any_finding()));
            Json reply = to_wire(findings);
            reply["id"] = "x";
            reply["saved"] = {{"key", to_wire(findings)}};
            const auto said = parse_reply(to_text(reply), Op::reconcile_feeds);
            RC_ASSERT(said.has_value());
            RC_ASSERT(said->findings == findings);
        },
        50);
}

TEST(WireProperty, RowsComeBackAsTheyWent) {
    expect_property(
        [] {
            const auto rows =
                *rc::gen::container<std::vector<Row>>(rc::gen::container<Row>(any_id()));
            RC_ASSERT(Json::parse(to_wire(rows)).get<std::vector<Row>>() == rows);
            std::istringstream lines(to_feed_file(rows));
            std::vector<Row> read;
            for (std::string line; std::getline(lines, line);) read.push_back(Json::parse(line));
            RC_ASSERT(read == rows);
        },
        50);
}

}  // namespace
}  // namespace onsite::reconciliation
