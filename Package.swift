// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: strict imports, and no warning survives.
let swiftSettings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Tests that read, print and start programs compile faster without optimisation and run as fast;
/// those that compute or draw much run longer without it.
let quickTestSettings = swiftSettings + [.unsafeFlags(["-Onone"])]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

/// What searches for inputs that break a reader; it needs a compiler flag of its own: script/fuzz.
let fuzzing: [Target] =
  Context.environment["SCOREFIELD_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/FuzzProgram",
      swiftSettings: swiftSettings)
  ]

let package = Package(
  name: "scorefield",
  products: [
    .executable(name: "scorefield", targets: ["scorefield"]),
    .library(name: "ScoreCore", targets: ["ScoreCore"]),
    .library(name: "ScoreLab", targets: ["ScoreLab"]),
    .library(name: "ScoreTheory", targets: ["ScoreTheory"]),
    .library(name: "ScoreClaims", targets: ["ScoreClaims"]),
    .library(name: "TermPlot", targets: ["TermPlot"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: fuzzing + [
    // C: what Swift cannot import or cannot vectorise.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    // Headers alone: CLateLibraries loads these two when they are called.
    .systemLibrary(name: "CCairo", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(name: "CXGBoost", providers: [.apt(["libxgboost-dev"])]),
    .target(name: "CLateLibraries"),
    .systemLibrary(name: "CGif", pkgConfig: "libgif", providers: [.apt(["libgif-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .target(
      name: "CVectorKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),
    .target(name: "CTerminalGuard"),
    .target(name: "CEmbeddedData", exclude: ["digits.bin"]),

    // The house; every arrow points down (docs/ARCHITECTURE.md).
    .target(name: "NumberFormatting", swiftSettings: swiftSettings),
    .target(
      name: "ScoreCore",
      dependencies: ["NumberFormatting", "COpenBLAS", "CVectorKernels", "CEmbeddedData"],
      swiftSettings: swiftSettings),
    .plugin(
      name: "BuildInformationPlugin", capability: .buildTool(),
      path: "Sources/BuildInformationPlugin"),
    .target(
      name: "BuildInformation", swiftSettings: swiftSettings, plugins: ["BuildInformationPlugin"]),
    .target(name: "OutsideText", dependencies: [yams], swiftSettings: swiftSettings),
    .target(
      name: "ScoreTheory", dependencies: ["ScoreCore", "CVectorKernels"],
      swiftSettings: swiftSettings),
    .target(
      name: "ScoreLab",
      dependencies: ["ScoreTheory", "ScoreCore", "OutsideText", "NumberFormatting", "CZlib"],
      swiftSettings: swiftSettings),
    .target(
      name: "ScoreTables",
      dependencies: [
        "ScoreTheory", "ScoreLab", "ScoreCore", "OutsideText", "NumberFormatting", "CXGBoost",
        "CLateLibraries",
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "RunDatabase", dependencies: ["ScoreLab", "ScoreCore", "OutsideText", grdb],
      swiftSettings: swiftSettings),
    .target(
      name: "ScoreClaims",
      dependencies: [
        "ScoreTables", "ScoreTheory", "ScoreLab", "ScoreCore", "OutsideText", "NumberFormatting",
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "ScoreSweeps",
      dependencies: [
        "ScoreClaims", "ScoreLab", "ScoreCore", "OutsideText", "NumberFormatting",
      ],
      swiftSettings: swiftSettings),
    .plugin(
      name: "EmbeddedTextsPlugin", capability: .buildTool(),
      path: "Sources/EmbeddedTextsPlugin"),
    .target(
      name: "Lessons",
      dependencies: ["ScoreLab", "ScoreTheory", "ScoreCore", "OutsideText", "NumberFormatting"],
      swiftSettings: swiftSettings, plugins: ["EmbeddedTextsPlugin"]),
    .target(
      name: "TermPlot", dependencies: ["OutsideText", "NumberFormatting"],
      swiftSettings: swiftSettings),
    .target(
      name: "Workbench",
      dependencies: [
        "Lessons", "TermPlot", "ScoreSweeps", "ScoreClaims", "ScoreTables", "RunDatabase",
        "ScoreLab",
        "ScoreTheory", "ScoreCore", "NumberFormatting", "OutsideText",
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "CursesTerminal", dependencies: ["TermPlot", "CNcurses", "CTerminalGuard"],
      swiftSettings: swiftSettings),
    .target(
      name: "ReportFiles",
      dependencies: [
        "ScoreClaims", "ScoreLab", "TermPlot", "CCairo", "CLateLibraries", "CGif",
        "NumberFormatting",
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "CommandLineTool",
      dependencies: [
        "Workbench", "CTerminalGuard", "BuildInformation", "ReportFiles", "RunDatabase",
        "Lessons", "ScoreSweeps", "ScoreClaims", "ScoreTables", "ScoreLab", "ScoreCore", "TermPlot",
        "OutsideText", "NumberFormatting",
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "scorefield",
      dependencies: [
        "CommandLineTool", "Workbench", "CursesTerminal", "CTerminalGuard", "BuildInformation",
        "Lessons", "ReportFiles", "RunDatabase", "ScoreSweeps", "ScoreClaims", "ScoreTables",
        "ScoreLab", "ScoreCore", "TermPlot", "OutsideText", "NumberFormatting", argumentParser,
      ],
      swiftSettings: swiftSettings),

    .target(name: "CSanitizers", path: "Tests/CSanitizers"),
    .target(
      name: "TestSupport", dependencies: ["ScoreCore", "CSanitizers"], path: "Tests/TestSupport",
      swiftSettings: swiftSettings),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "CursesTerminal", "Workbench", "Lessons", "TermPlot", "ScoreSweeps", "ScoreClaims",
        "ScoreTables", "ScoreLab", "ScoreCore", "OutsideText",
      ],
      path: "Tests/FuzzTargets", swiftSettings: swiftSettings),
    .target(
      name: "CWideKernels", dependencies: ["CVectorKernels"], path: "Tests/CWideKernels",
      cSettings: [
        .unsafeFlags(["-O3", "-fno-math-errno"]),
        .headerSearchPath("../../Sources/CVectorKernels"),
      ]),
    .testTarget(
      name: "ScoreCoreTests",
      dependencies: ["ScoreCore", "CVectorKernels", "CWideKernels", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "NumberFormattingTests", dependencies: ["NumberFormatting"],
      swiftSettings: quickTestSettings),
    .testTarget(
      name: "OutsideTextTests", dependencies: ["OutsideText"], swiftSettings: quickTestSettings),
    .testTarget(
      name: "ScoreLabTests",
      dependencies: ["ScoreLab", "ScoreTheory", "ScoreCore", "OutsideText", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "LessonsTests", dependencies: ["Lessons", "ScoreLab", "ScoreCore"],
      swiftSettings: quickTestSettings),
    .testTarget(
      name: "RunDatabaseTests",
      dependencies: ["RunDatabase", "ScoreLab", "ScoreCore", "OutsideText", "TestSupport", grdb],
      exclude: ["Fixtures"], swiftSettings: quickTestSettings),
    .testTarget(
      name: "ScoreTablesTests",
      dependencies: [
        "ScoreTables", "ScoreTheory", "ScoreLab", "ScoreCore", "OutsideText", "TestSupport",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ScoreTheoryTests", dependencies: ["ScoreTheory", "ScoreCore", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ScoreClaimsTests",
      dependencies: [
        "ScoreClaims", "ScoreTables", "ScoreTheory", "ScoreLab", "ScoreCore", "OutsideText",
        "TestSupport",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ScoreSweepsTests",
      dependencies: [
        "ScoreSweeps", "ScoreClaims", "ScoreLab", "ScoreCore", "OutsideText", "TestSupport",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ReportFilesTests",
      dependencies: ["ReportFiles", "ScoreClaims", "ScoreLab", "TermPlot", "TestSupport"],
      swiftSettings: quickTestSettings),
    .testTarget(
      name: "TermPlotTests",
      dependencies: ["TermPlot", "OutsideText", "NumberFormatting", "TestSupport"],
      swiftSettings: quickTestSettings),
    .testTarget(
      name: "CursesTerminalTests", dependencies: ["CursesTerminal", "CNcurses", "TermPlot"],
      swiftSettings: quickTestSettings),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Workbench", "Lessons", "TermPlot", "RunDatabase", "ScoreSweeps", "ScoreTables",
        "ScoreClaims", "ScoreLab", "ScoreTheory", "ScoreCore", "NumberFormatting", "TestSupport",
      ],
      resources: [.copy("Golden")], swiftSettings: swiftSettings),
    .testTarget(
      name: "CommandLineToolTests",
      dependencies: [
        "CommandLineTool", "Workbench", "Lessons", "ScoreClaims", "ScoreTables", "ScoreLab",
        "ScoreCore", "TestSupport",
      ],
      swiftSettings: quickTestSettings),
    .testTarget(
      name: "FuzzTargetsTests", dependencies: ["FuzzTargets"], resources: [.copy("Corpus")],
      swiftSettings: quickTestSettings),
    .testTarget(
      name: "ScorefieldTests", dependencies: ["scorefield", "ScoreLab", "TestSupport"],
      swiftSettings: quickTestSettings),
  ],
  swiftLanguageModes: [.v6]
)
