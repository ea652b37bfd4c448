# The verbs of this build: one for each kind of target, so that a folder's CMakeLists only names files.

find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# Flags of our own code only. Dependencies and candidates never see them.
set(CMAKE_CXX_EXTENSIONS OFF)
add_library(onsite_flags INTERFACE)
target_compile_features(onsite_flags INTERFACE cxx_std_23)
# Designated initialisers may leave out members that have defaults: that is what they are for.
# A warning is an error where we work, in the builds with tests; one of another compiler's version
# must not keep a candidate from starting.
target_compile_options(onsite_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wnon-virtual-dtor -Wno-missing-field-initializers
                       $<$<BOOL:${ONSITE_TESTS}>:-Werror>)
target_include_directories(onsite_flags INTERFACE ${PROJECT_SOURCE_DIR})
# g++ collects garbage so eagerly that it takes a tenth of its time; half a GiB may pile up first.
target_compile_options(onsite_flags INTERFACE
                       $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=500000>)

# What nearly every file reads, precompiled once where all of it is built at once anyway: a third of
# the time to a candidate's first feedback.
function(onsite_precompile_headers target)
    if(NOT CMAKE_UNITY_BUILD)
        return()
    elseif(target STREQUAL onsite_base)
        target_precompile_headers(onsite_base PRIVATE <nlohmann/json.hpp> <fmt/format.h> <algorithm>
                                  <expected> <filesystem> <map> <optional> <set> <string> <vector>)
    else()
        target_precompile_headers(${target} REUSE_FROM onsite_base)
    endif()
endfunction()

# onsite_add_library(NAME base SOURCES a.cpp ... DEPENDS fmt::fmt ...) -> target onsite_base, alias onsite::base
function(onsite_add_library)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;DEPENDS" ${ARGN})
    add_library(onsite_${ARG_NAME} STATIC ${ARG_SOURCES})
    add_library(onsite::${ARG_NAME} ALIAS onsite_${ARG_NAME})
    target_link_libraries(onsite_${ARG_NAME} PRIVATE onsite_flags PUBLIC ${ARG_DEPENDS})
    onsite_precompile_headers(onsite_${ARG_NAME})
endfunction()

# onsite_add_room(NAME report SOURCES ... DEPENDS ...) -> a library onsite::report, so that what a room
# may not use does not link. Where all is built at once anyway, the rooms are one library by many
# names: half of a room's compile time are templates that its neighbours instantiate as well.
function(onsite_add_room)
    if(NOT CMAKE_UNITY_BUILD)
        onsite_add_library(${ARGN})
        return()
    endif()
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;DEPENDS" ${ARGN})
    if(NOT TARGET onsite_harness)
        onsite_add_library(NAME harness)
    endif()
    list(TRANSFORM ARG_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    target_sources(onsite_harness PRIVATE ${ARG_SOURCES})
    foreach(dependency ${ARG_DEPENDS})
        get_target_property(aliased ${dependency} ALIASED_TARGET)
        if(NOT aliased STREQUAL onsite_harness)
            target_link_libraries(onsite_harness PUBLIC ${dependency})
        endif()
    endforeach()
    add_library(onsite::${ARG_NAME} ALIAS onsite_harness)
endfunction()

# onsite_add_program(NAME onsite-check-x SOURCES ... DEPENDS ...) -> build/<preset>/bin/onsite-check-x
function(onsite_add_program)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;DEPENDS" ${ARGN})
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    target_link_libraries(${ARG_NAME} PRIVATE onsite_flags ${ARG_DEPENDS})
    onsite_precompile_headers(${ARG_NAME})
    set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()

# onsite_add_test(NAME isolation KIND unit SOURCES ... DEPENDS ...) -> ctest unit.isolation.*
# JOINED: its files are compiled six at a time, a third of the time where all of them use the same
# templates.
function(onsite_add_test)
    cmake_parse_arguments(ARG "JOINED" "NAME;KIND;TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    set(target ${ARG_KIND}_${ARG_NAME}_test)
    add_executable(${target} ${ARG_SOURCES})
    target_link_libraries(${target} PRIVATE onsite_flags onsite_test_flags ${ARG_DEPENDS}
                          GTest::gtest_main GTest::gmock)
    target_precompile_headers(${target} REUSE_FROM onsite_test_pch)
    # Most tests have the same names in several files.
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
    if(ARG_JOINED)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
    endif()
    # A test is named by what it is about, not by the bytes of its parameter.
    gtest_discover_tests(${target} TEST_PREFIX ${ARG_KIND}.${ARG_NAME}. NO_PRETTY_VALUES
                         DISCOVERY_MODE PRE_TEST
                         # Whoever may take long starts early.
                         PROPERTIES LABELS ${ARG_KIND} TIMEOUT ${ARG_TIMEOUT} COST ${ARG_TIMEOUT})
endfunction()

# What a C++ candidate's file is compiled with. harness/subject/toolchain.cpp uses the same words:
# a precompiled header is only taken when every flag is the same.
set(ONSITE_CANDIDATE_FLAGS -std=c++23 -Wall -Wextra)

# Every folder exercises/<n>-<slug> is an exercise. For each one:
#   contract/host.cpp  -> subjects/<n>-<slug>/{O0,O2}/host.o, the main of a C++ subject
#   contract/*.hpp     -> subjects/<n>-<slug>/{O0,O2}/contract/*.hpp.gch, precompiled
#   contract/host/common_types.{hpp,cpp} -> part of both in O0, where it is time to compile that
#                         counts; the real measurement, O2, has the candidate's own code only
#   checks/            -> bin/onsite-check-<slug>
#   the targets exercise_<slug>, what a candidate of this section needs at every save, and
#   grade_<slug>, what a grade needs besides: a first feedback does not wait for that
function(onsite_add_exercises)
    file(GLOB manifests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/exercises/*/exercise.json)
    foreach(manifest ${manifests})
        cmake_path(GET manifest PARENT_PATH folder)
        cmake_path(GET folder FILENAME name)
        string(REGEX REPLACE "^[0-9]+-" "" slug ${name})
        add_custom_target(exercise_${slug} DEPENDS onsite)
        add_custom_target(grade_${slug} DEPENDS exercise_${slug} onsite-grade)
        if(EXISTS ${folder}/contract/host.cpp)
            onsite_add_contract(${name} ${folder})
            add_dependencies(exercise_${slug} subject_${name}_O0)
            add_dependencies(grade_${slug} subject_${name}_O2)
        endif()
        add_subdirectory(${folder}/checks)
        # A section that is judged with failure scenarios has no checks where those are not built.
        if(TARGET onsite-check-${slug})
            add_dependencies(exercise_${slug} onsite-check-${slug})
        endif()
    endforeach()
endfunction()

function(onsite_add_contract name folder)
    file(GLOB header CONFIGURE_DEPENDS ${folder}/contract/*.hpp)
    set(parts ${PROJECT_BINARY_DIR}/subjects/${name}/parts)
    # These take long and nothing waits for them, so they come after the contract's own precompiled
    # header: one processor makes the header that everything waits for, the other one these.
    cmake_path(GET header FILENAME header_name)
    set(first ${PROJECT_BINARY_DIR}/subjects/${name}/O0/contract/${header_name}.gch)
    onsite_compile_part(${folder}/contract/host.cpp O2 ${parts} ${first})
    set(quick_header ${header})
    set(quick_parts ${parts}/host.o)
    if(EXISTS ${folder}/contract/host/common_types.hpp)
        set(quick_header ${folder}/contract/host/common_types.hpp)
        # A first feedback waits for this, and no measurement is made of it.
        onsite_compile_part(${folder}/contract/host/common_types.cpp O0 ${parts} ${first})
        list(APPEND quick_parts ${parts}/common_types.o)
    endif()
    onsite_add_kit(${name} O0 ${header} ${quick_header} "${quick_parts}")
    onsite_add_kit(${name} O2 ${header} ${header} ${parts}/host.o)
endfunction()

# source -> folder/<stem>.o, with a candidate's flags and our strictness; after the files in ARGN.
function(onsite_compile_part source level folder)
    cmake_path(GET source STEM stem)
    add_custom_command(
        OUTPUT ${folder}/${stem}.o
        COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
        COMMAND g++ ${ONSITE_CANDIDATE_FLAGS} -Werror -${level} -I${PROJECT_SOURCE_DIR}
                -MD -MF ${folder}/${stem}.d -c ${source} -o ${folder}/${stem}.o
        DEPENDS ${source} ${ARGN} DEPFILE ${folder}/${stem}.d VERBATIM)
endfunction()

# What an answer is compiled with at one level: the header's copy and its precompiled form, and the
# one object that it is linked with, whatever that is made of.
function(onsite_add_kit name level header precompiled parts)
    set(out ${PROJECT_BINARY_DIR}/subjects/${name}/${level})
    cmake_path(GET header FILENAME file)
    # A copy beside the .gch: g++ looks for the precompiled form beside the header that it finds first.
    add_custom_command(
        OUTPUT ${out}/contract/${file}.gch ${out}/contract/${file}
        COMMAND ${CMAKE_COMMAND} -E copy ${header} ${out}/contract/${file}
        COMMAND g++ ${ONSITE_CANDIDATE_FLAGS} -${level} -w -I${PROJECT_SOURCE_DIR} -x c++-header
                ${precompiled} -o ${out}/contract/${file}.gch
        DEPENDS ${header} ${precompiled} VERBATIM)
    add_custom_command(OUTPUT ${out}/host.o COMMAND g++ -r -nostdlib ${parts} -o ${out}/host.o
                       DEPENDS ${parts} VERBATIM)
    add_custom_target(subject_${name}_${level} ALL
                      DEPENDS ${out}/contract/${file}.gch ${out}/host.o)
endfunction()
