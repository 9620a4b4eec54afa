// swift-tools-version: 6.2
import PackageDescription

// A package of its own that uses the five libraries of Scorefield:
//
//     swift run -c release --package-path docs/examples/package
//
// Elsewhere, say in the path where Scorefield is checked out.
let package = Package(
  name: "example",
  dependencies: [.package(name: "scorefield", path: "../../..")],
  targets: [
    .executableTarget(
      name: "Example",
      dependencies: ["ScoreCore", "ScoreTheory", "ScoreLab", "ScoreClaims", "TermPlot"].map {
        .product(name: $0, package: "scorefield")
      })
  ])
