// What an answer is judged by: weighted criteria, each with four levels described by behaviour.
//
// A criterion is decided by checks or by a person. Form of the file:
// docs/reference/schemas/rubric.schema.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "harness/catalog/exercise.hpp"

namespace onsite {

enum class Judge { checks, person };
std::string_view to_string(Judge judge);

struct Level {
    int level = 1;    // 1 to 4.
    int percent = 0;  // The mean percent of the checks from which this level is reached.
    std::string behaviour;
    bool operator==(const Level&) const = default;
};
inline constexpr int kLevelMax = 4;

struct Criterion {
    std::string id;  // "unmatched"
    std::string title;
    int weight = 0;
    Judge judge = Judge::checks;
    int followup = 0;                   // Judged once this many follow-ups are revealed.
    std::vector<std::string> checks;    // judge == checks: their verdicts decide.
    std::vector<std::string> evidence;  // judge == person: what a reviewer should look at.
    std::vector<Level> levels;          // Levels 1 to 4, in this order.
    bool operator==(const Criterion&) const = default;
};

// What a whole section cannot be good without: a criterion below a level caps its points.
struct Gate {
    std::string when;     // The id of a criterion.
    int below = 2;        // Applies when that criterion was decided and its level is below this.
    int cap = 0;          // At most this many points of the section then count.
    std::string because;  // One sentence for whoever loses the points.
    bool operator==(const Gate&) const = default;
};

struct Rubric {
    std::string exercise;
    int version = 1;
    std::vector<Criterion> criteria;  // Their weights sum to kPointsPossible.
    std::vector<Gate> gates = {};
    bool operator==(const Rubric&) const = default;
};
inline constexpr int kPointsPossible = 100;

// Errors: usage, one sentence with the place ("rubric.json: criteria[2].levels[1]: ...").
Result<Rubric> parse_rubric(std::string_view text, const std::string& where);

// The text of an exercise's rubric.json. Errors: as read_file of base/files.hpp.
Result<std::string> load_rubric_text(const Exercise& exercise);

// The rubric.json of an exercise. Errors: as parse_rubric; also when it names another exercise or a
// follow-up that the exercise does not have.
Result<Rubric> load_rubric(const Exercise& exercise);

}  // namespace onsite
