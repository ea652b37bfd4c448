// Goal: a folder with an exercise.json is an exercise and needs no line of code; a wrong manifest
// is refused with the file and the key.
#include "harness/catalog/exercise.hpp"

#include "tests/unit/catalog/small_repository.hpp"

namespace onsite {
namespace {

using onsite::testing::SmallRepository;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(CatalogTest, FindsAnExerciseByItsFiles) {
    const SmallRepository repository;
    const Exercise exercise = repository.exercise();
    EXPECT_EQ(exercise.slug, "greeting");
    EXPECT_EQ(exercise.number, 1);
    EXPECT_EQ(exercise.minutes, 45);
    EXPECT_EQ(exercise.contract, ContractKind::process);
    EXPECT_EQ(exercise.folder_name(), "1-greeting");
    EXPECT_EQ(exercise.solution, repository.root() / "solutions" / "1-greeting");
    EXPECT_EQ(exercise.tests, "tests.json");
}

TEST(CatalogTest, KnowsTheFilesOfEachLanguage) {
    const SmallRepository repository;
    const Exercise exercise = repository.exercise();
    const Language python = find_language(exercise, "python").value();
    EXPECT_EQ(python.answer, "greet.py");
    EXPECT_EQ(python.program, "main.py");
    EXPECT_EQ(find_language(exercise, "cpp").value().program, "");
    EXPECT_EQ(exercise.starter_of(python), exercise.folder / "starter" / "python");
    EXPECT_EQ(exercise.solution_of(python), exercise.solution / "python");
}

TEST(CatalogTest, TakesDocumentsForTheOneLanguage) {
    const SmallRepository repository;
    repository.write("exercises/2-plan/exercise.json",
                     R"({"slug":"plan","number":2,"section":"s","title":"t","minutes":1,
                         "contract":"document","documents":["plan.md","api.yaml"]})");
    const Exercise exercise =
        find_exercise(load_catalog(repository.root()).value(), "plan").value();
    const Language language = find_language(exercise, "").value();
    EXPECT_EQ(language.name, kDocuments);
    EXPECT_EQ(language.answer, "plan.md");
    EXPECT_EQ(language.documents, (std::vector<std::string>{"plan.md", "api.yaml"}));
    EXPECT_EQ(exercise.starter_of(language), exercise.folder / "starter");
    EXPECT_EQ(exercise.solution_of(language), exercise.solution);
}

TEST(CatalogTest, WantsSomethingToWrite) {
    for (const char* nothing : {R"("contract":"document","documents":[])",
                                R"("contract":"document","documents":["../secret"])",
                                R"("contract":"process","languages":{})"}) {
        const SmallRepository repository;
        repository.write("exercises/2-plan/exercise.json",
                         R"({"slug":"plan","number":2,"section":"s","title":"t","minutes":1,)" +
                             std::string(nothing) + "}");
        const auto catalog = load_catalog(repository.root());
        ASSERT_FALSE(catalog) << nothing;
        EXPECT_THAT(catalog.error().message, HasSubstr("exercises/2-plan/exercise.json"));
    }
}

TEST(CatalogTest, NamesTheLanguagesOfAnExercise) {
    const SmallRepository repository;
    const auto found = find_language(repository.exercise(), "cobol");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::usage);
    EXPECT_THAT(found.error().message, HasSubstr("expected one of: cpp, python"));
}

TEST(CatalogTest, SortsByNumberAndIgnoresOtherFolders) {
    const SmallRepository repository;
    repository.write("exercises/10-later/exercise.json",
                     R"({"slug":"later","number":10,"section":"s","title":"t","minutes":1,
                         "contract":"document","documents":["later.md"]})");
    repository.write("exercises/notes/readme.md", "no exercise");
    const auto catalog = load_catalog(repository.root()).value();
    ASSERT_EQ(catalog.size(), 2u);
    EXPECT_EQ(catalog[0].slug, "greeting");
    EXPECT_EQ(catalog[1].slug, "later");
}

TEST(CatalogTest, SaysWhereItLookedWhenThereIsNone) {
    const testing::TemporaryFolder empty;
    const auto catalog = load_catalog(empty.path());
    ASSERT_FALSE(catalog);
    EXPECT_THAT(catalog.error().message, HasSubstr((empty.path() / "exercises").string()));
}

TEST(CatalogTest, RefusesTwoExercisesWithOneNumber) {
    const SmallRepository repository;
    repository.write("exercises/1-other/exercise.json",
                     R"({"slug":"other","number":1,"section":"s","title":"t","minutes":1,
                         "contract":"document","documents":["other.md"]})");
    const auto catalog = load_catalog(repository.root());
    ASSERT_FALSE(catalog);
    EXPECT_THAT(catalog.error().message, HasSubstr("one exercise with number 1"));
}

TEST(FindExerciseTest, SuggestsTheClosestSlug) {
    const SmallRepository repository;
    const auto catalog = load_catalog(repository.root()).value();
    EXPECT_TRUE(find_exercise(catalog, "greeting"));
    const auto found = find_exercise(catalog, "greting");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::usage);
    EXPECT_THAT(found.error().message,
                AllOf(HasSubstr("did you mean greeting?"), HasSubstr("exercises are: greeting")));
}

TEST(FindExerciseTest, SuggestsNothingForAnotherWord) {
    const SmallRepository repository;
    const auto catalog = load_catalog(repository.root()).value();
    for (const char* word : {"xyz", "trading", "nothing"}) {
        const auto found = find_exercise(catalog, word);
        ASSERT_FALSE(found);
        EXPECT_THAT(found.error().message,
                    AllOf(Not(HasSubstr("did you mean")), HasSubstr("exercises are: greeting")));
    }
    EXPECT_FALSE(find_exercise(catalog, std::string(1'000'000, 'x')));
}

struct WrongManifest {
    const char* from;
    const char* to;
    const char* complaint;
};

class WrongManifestTest : public ::testing::TestWithParam<WrongManifest> {};

TEST_P(WrongManifestTest, IsRefusedWithItsPlace) {
    const SmallRepository repository;
    const std::string name = "exercises/1-greeting/exercise.json";
    std::string text = testing::read_text(repository.root() / name);
    text.replace(text.find(GetParam().from), std::string(GetParam().from).size(), GetParam().to);
    repository.write(name, text);
    const auto catalog = load_catalog(repository.root());
    ASSERT_FALSE(catalog);
    EXPECT_EQ(catalog.error().kind, ErrorKind::usage);
    EXPECT_THAT(catalog.error().message, AllOf(HasSubstr(name), HasSubstr(GetParam().complaint)));
}

INSTANTIATE_TEST_SUITE_P(
    Exercise, WrongManifestTest,
    ::testing::Values(
        WrongManifest{R"("title")", R"("titel")", R"("title": expected this key)"},
        WrongManifest{R"("tests")", R"("test")", R"(unknown key "test")"},
        WrongManifest{R"("minutes": 45)", R"("minutes": 0)", "from 1 to 480"},
        WrongManifest{R"("process")", R"("telepathy")", "expected process, http or document"},
        WrongManifest{R"("greet.cpp")", R"("../greet.cpp")", "expected a file name"},
        WrongManifest{R"("greet.cpp")", R"("..")", "expected a file name"},
        WrongManifest{R"("main.py"})", R"("main.py", "x": 1})", "languages.python: unknown key"},
        WrongManifest{R"("slug": "greeting")", R"("slug": "hello")", "found it in 1-greeting"},
        WrongManifest{R"("slug")", R"("slug)", "is not JSON: parse error at line"}));

}  // namespace
}  // namespace onsite
