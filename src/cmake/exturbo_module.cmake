# Defines exturbo_add_module() and exturbo_add_tests(): one library per module, one test program per module.
# SPDX-License-Identifier: BSD-3-Clause

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()

option(EXTURBO_NATIVE "Compile for the instruction set of this machine (results may differ in the last bits)" ON)
option(EXTURBO_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
option(EXTURBO_FUZZ "Build the libFuzzer targets of tests/fuzz (clang) and nothing else" OFF)
option(EXTURBO_MATHEMATICS_ONLY "Build the optimiser with its tests and benches, without simulator and program" OFF)
set_property(GLOBAL PROPERTY exturbo_modules "")

# Compiler settings shared by everything of this project; not exported to users of the library.
add_library(exturbo_build_options INTERFACE)
# g++ 12 warns falsely of overlapping copies in `"text" + std::string` (GCC bug 105651); where the headers are precompiled
# also of copies that overflow and of bounds.
target_compile_options(exturbo_build_options INTERFACE -Wall -Wextra -Wpedantic
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-stringop-overflow -Wno-array-bounds>
  $<$<BOOL:${EXTURBO_NATIVE}>:-march=native>
  $<$<BOOL:${EXTURBO_WARNINGS_AS_ERRORS}>:-Werror>)

# For modules that read or write JSON: its headers, half of what there is to compile, are compiled once. What -O3 adds to
# -O2 serves the models (linalg, gp, bo); here it is a fifth of the build and no time of a run.
function(exturbo_use_json_headers target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O2>)
  if(EXTURBO_FUZZ)
    return()  # clang is stricter than g++ about what a precompiled header may be used with
  endif()
  if(NOT TARGET exturbo_json_headers)
    add_library(exturbo_json_headers OBJECT ${PROJECT_SOURCE_DIR}/src/cmake/json_headers.cpp)
    set_target_properties(exturbo_json_headers PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_compile_options(exturbo_json_headers PRIVATE $<$<CONFIG:Release>:-O2>)
    target_link_libraries(exturbo_json_headers PRIVATE exturbo_build_options nlohmann_json::nlohmann_json)
    target_precompile_headers(exturbo_json_headers PRIVATE <nlohmann/json.hpp> <algorithm> <filesystem> <map> <set>
                              <string> <vector>)
  endif()
  target_precompile_headers(${target} REUSE_FROM exturbo_json_headers)
endfunction()

# exturbo_add_module(<name> SOURCES <file>... [PUBLIC <target>...] [PRIVATE <target>...])
function(exturbo_add_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(target exturbo_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(exturbo::${name} ALIAS ${target})
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} PUBLIC ${ARG_PUBLIC}
    PRIVATE ${ARG_PRIVATE} $<BUILD_INTERFACE:exturbo_build_options>)
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  set_property(GLOBAL APPEND PROPERTY exturbo_modules ${target})
endfunction()

# Headers that nearly every test reads, compiled once, and several files at a time: tests are built for a short build, not
# for speed. In such a unity build g++ takes every file for a header and warns of classes in its anonymous namespace; its own
# AVX-512 headers warn of uninitialised values (GCC bug 105593).
function(exturbo_use_test_headers target)
  if(NOT TARGET exturbo_test_headers)
    add_library(exturbo_test_headers OBJECT ${PROJECT_SOURCE_DIR}/tests/support/headers.cpp)
    target_compile_options(exturbo_test_headers PRIVATE -O1)
    target_link_libraries(exturbo_test_headers PRIVATE exturbo_build_options GTest::gtest_main
                                                       nlohmann_json::nlohmann_json)
    target_precompile_headers(exturbo_test_headers PRIVATE <gtest/gtest.h> <nlohmann/json.hpp> <algorithm> <cmath>
                              <filesystem> <fstream> <map> <optional> <set> <string> <vector>)
  endif()
  target_compile_options(${target} PRIVATE -O1
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage -Wno-stringop-overread -Wno-uninitialized>)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
  target_compile_definitions(${target} PRIVATE GTEST_HAS_PTHREAD=1)  # as GTest's target says: macros have to be the same
  target_precompile_headers(${target} REUSE_FROM exturbo_test_headers)
endfunction()

# exturbo_add_tests(<name> SOURCES <file>... LIBRARIES <target>... [LABELS <label>...])
function(exturbo_add_tests name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  set(target test_${name})
  add_executable(${target} ${ARG_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE EXTURBO_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                               EXTURBO_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(${target} PRIVATE ${ARG_LIBRARIES} exturbo_build_options GTest::gtest_main)
  exturbo_use_test_headers(${target})
  add_test(NAME ${name} COMMAND ${target} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}")
endfunction()

# exturbo_embed(<output> HEADER <header> NAMESPACE <namespace> [MAP <function>] FILES <name>=<file>...): a source that
# defines each name, declared in the header as `extern const std::string_view`, as the content of its file; with MAP,
# the function, declared there to return a map of names to contents.
function(exturbo_embed output)
  cmake_parse_arguments(ARG "" "HEADER;NAMESPACE;MAP" "FILES" ${ARGN})
  list(TRANSFORM ARG_FILES REPLACE "^[^=]+=" "" OUTPUT_VARIABLE files)
  list(JOIN ARG_FILES "|" pairs)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D OUTPUT=${output} -D HEADER=${ARG_HEADER} -D NAMESPACE=${ARG_NAMESPACE} -D MAP=${ARG_MAP}
            -D FILES=${pairs} -P ${PROJECT_SOURCE_DIR}/src/cmake/embed.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/src/cmake/embed.cmake
    COMMENT "Embedding files into ${ARG_NAMESPACE}"
    VERBATIM)
endfunction()
