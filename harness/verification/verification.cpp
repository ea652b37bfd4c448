#include "harness/verification/verification.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/hash.hpp"
#include "harness/attempt/log.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/attempt/witness.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/verification/parts.hpp"

namespace onsite {
namespace {

ProofLine prove_log(const Attempt& attempt) {
    const Chain& chain = attempt.chain;
    if (chain.unchained == chain.lines) {
        return noted("log", fmt::format("{} events from before lines carried the hash of the one "
                                        "before: nothing shows whether they were edited",
                                        chain.lines));
    }
    if (chain.unchained > 0) {
        return noted("log", fmt::format("{} of {} events are from before lines carried the hash "
                                        "of the one before: nothing protects the first of them",
                                        chain.unchained, chain.lines));
    }
    return holds("log",
                 fmt::format("{} events, each with the hash of the one before", chain.lines));
}

// The log, the reviews and the witness tell of each other's ends.
std::vector<ProofLine> prove_witness(const Attempt& attempt) {
    const auto witnessing =
        attempt.state.is_witnessed ? Witnessing::from_the_start : Witnessing::maybe_later;
    const auto folder = tool_folder(attempt.folder);
    auto found = contradictions_of_witness(folder, logs_in(folder), witnessing);
    if (!found) return {noted("witness", found.error().message)};
    std::vector<ProofLine> proofs;
    for (std::string& sentence : *found) proofs.push_back(broken("witness", std::move(sentence)));
    if (!proofs.empty()) return proofs;
    if (!attempt.state.is_witnessed) {
        return {noted("witness",
                      "the attempt is from before there was one: nothing shows whether "
                      "the end of its log, or a review, was taken away")};
    }
    return {holds("witness", "no log ends before what was recorded of it")};
}

void prove_late(const Seal& seal, std::vector<ProofLine>& proofs) {
    for (const std::string& file : seal.late) {
        proofs.push_back(broken(
            "seal", fmt::format("{} was saved after the time was up", harmless(file, Lines::one))));
    }
}

// Against what is kept outside of the attempt's own folder.
void prove_elsewhere(const VerifyRequest& request, const std::vector<LoggedEvent>& events,
                     const std::string& seal, std::vector<ProofLine>& proofs) {
    if (!request.expected_seal.empty() && request.expected_seal != seal) {
        proofs.push_back(broken("seal", fmt::format("the seal that was handed in is {}, the log's "
                                                    "is {}",
                                                    short_of(request.expected_seal),
                                                    seal.empty() ? "none" : short_of(seal))));
    }
    const std::string& loop = request.attempt.state.loop;
    if (loop.empty()) return;
    const std::string named = harmless(loop, Lines::one);
    if (!request.section) {
        proofs.push_back(broken(
            "loop", fmt::format("expected it in {}, found: {}", named, request.missing_loop)));
        return;
    }
    const LoopSection& section = *request.section;
    const bool is_begun_alike = events.front().line_hash == section.first_line;
    if (!is_begun_alike) {
        proofs.push_back(broken("loop", fmt::format("{} recorded another beginning of the attempt: "
                                                    "its log was written anew",
                                                    named)));
    }
    if (!section.seal.empty() && section.seal != seal) {
        proofs.push_back(broken(
            "loop", fmt::format("{} recorded the seal {}, the attempt has {}", named,
                                short_of(section.seal), seal.empty() ? "none" : short_of(seal))));
    } else if (is_begun_alike) {
        proofs.push_back(
            holds("loop", fmt::format("{} recorded the same beginning and {}", named,
                                      section.seal.empty() ? "no end yet" : "the same seal")));
    }
}

std::vector<ProofLine> prove_seal(const VerifyRequest& request,
                                  const std::vector<LoggedEvent>& events) {
    std::vector<ProofLine> proofs;
    const Attempt& attempt = request.attempt;
    std::string seal;
    for (const auto& [event, line_hash] : events) {
        if (event.kind == EventKind::sealed) seal = line_hash;
    }
    if (!attempt.state.seal) {
        proofs.push_back(noted("seal", "not sealed: the files may still change"));
        prove_elsewhere(request, events, seal, proofs);
        return proofs;
    }
    for (std::string& sentence : damage_of_seal(attempt, seal)) {
        proofs.push_back(broken("seal", std::move(sentence)));
    }
    for (std::string& sentence : changes_since_seal(attempt)) {
        proofs.push_back(broken("files", std::move(sentence) + "; grades use the sealed copy"));
    }
    prove_late(*attempt.state.seal, proofs);
    if (proofs.empty()) {
        proofs.push_back(holds("seal", fmt::format("{} ({}): {} files as they were handed in", seal,
                                                   to_string(attempt.state.seal->reason),
                                                   attempt.state.seal->files.size())));
    }
    prove_elsewhere(request, events, seal, proofs);
    return proofs;
}

int version_in(const std::string& rubric_text) {
    const auto rubric = parse_rubric(rubric_text, "rubric.json");
    return rubric ? rubric->version : 0;
}

// A rubric may change, but then it says so by its version.
ProofLine prove_rubric(const VerifyRequest& request) {
    const std::string now = sha256_hex(request.rubric);
    const auto& seal = request.attempt.state.seal;
    if (!seal) return holds("rubric", fmt::format("version {}", version_in(request.rubric)));
    if (now == seal->rubric_hash) {
        return holds("rubric", fmt::format("version {}, as it was when it was sealed",
                                           version_in(request.rubric)));
    }
    const auto sealed = sealed_rubric(request.attempt);
    if (!sealed) return broken("rubric", sealed.error().message);
    if (version_in(*sealed) == version_in(request.rubric)) {
        return broken("rubric", fmt::format("rubric.json has version {} as when it was sealed, "
                                            "and other content: a change needs a new version",
                                            version_in(request.rubric)));
    }
    return noted("rubric", fmt::format("sealed with version {}, today's is {}: the sealed one "
                                       "counts",
                                       version_in(*sealed), version_in(request.rubric)));
}

void add_all(std::vector<ProofLine>& all, std::vector<ProofLine> more) {
    std::ranges::move(more, std::back_inserter(all));
}

}  // namespace

ProofLine holds(std::string about, std::string sentence) {
    return {ProofKind::holds, std::move(about), std::move(sentence)};
}

ProofLine noted(std::string about, std::string sentence) {
    return {ProofKind::note, std::move(about), std::move(sentence)};
}

ProofLine broken(std::string about, std::string sentence) {
    return {ProofKind::broken, std::move(about), std::move(sentence)};
}

std::string short_of(std::string_view hash) { return harmless(hash.substr(0, 12), Lines::one); }

std::vector<ProofLine> verify_records(const VerifyRequest& request) {
    std::vector<ProofLine> proofs = {prove_log(request.attempt)};
    auto events = read_logged_events(request.attempt);
    if (!events) return {broken("log", events.error().message)};
    add_all(proofs, prove_witness(request.attempt));
    add_all(proofs, prove_clock(*events));
    add_all(proofs, prove_seal(request, *events));
    proofs.push_back(prove_rubric(request));
    add_all(proofs, prove_grades(request, *events));
    return proofs;
}

bool all_hold(const std::vector<ProofLine>& proofs) {
    return std::ranges::none_of(
        proofs, [](const ProofLine& proof) { return proof.kind == ProofKind::broken; });
}

}  // namespace onsite
