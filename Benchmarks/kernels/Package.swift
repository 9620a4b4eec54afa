// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "kernels",
  dependencies: [.package(name: "scorefield", path: "../..")],
  targets: [
    .executableTarget(
      name: "kernels",
      dependencies: [
        .product(name: "ScoreTheory", package: "scorefield"),
        .product(name: "ScoreCore", package: "scorefield"),
      ],
      path: ".", sources: ["main.swift"])
  ])
