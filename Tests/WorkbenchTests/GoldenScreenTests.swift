import Foundation
import TermPlot
import Testing

@testable import Workbench

/// Whole screens against recorded text; `SCOREFIELD_RECORD=1` records them again.
@Suite struct GoldenScreenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  private static var isRecording: Bool {
    ProcessInfo.processInfo.environment["SCOREFIELD_RECORD"] == "1"
  }

  @Test(
    "The screen looks as recorded",
    arguments: [(60, 15), (80, 24), (160, 48)], [Marks.ascii, .braille])
  func screen(size: (Int, Int), marks: Marks) throws {
    for dimension in [1, 2] {
      for focus in size.0 < 80 ? [0, 1, 2, 3] : [0] {
        var state = try Fixture.state(
          dimension: dimension, columns: size.0, rows: size.1, marks: marks)
        state.focus = focus
        let pane = size.0 < 80 ? "-\(LivePage.panes[focus].title.lowercased())" : ""
        try check(
          state.screen, name: "\(size.0)x\(size.1)\(pane)-\(dimension)d-\(marks.rawValue)")
      }
    }
  }

  @Test(
    "The views of the loss by noise level look as recorded", arguments: [(80, 24), (160, 48)],
    [Marks.ascii, .braille])
  func lossViews(size: (Int, Int), marks: Marks) throws {
    let views: [(LossView, String)] = [
      (.excess, "excess"), (.levels, "levels"), (.kernel, "kernel"), (.features, "features"),
      (.gradients, "gradients"),
    ]
    for (view, name) in views {
      var state = try Fixture.state(dimension: 2, columns: size.0, rows: size.1, marks: marks)
      try NetworkFixture.add(to: &state)
      state.live.lossView = view
      state.press(.character("2"), .character("z"))
      try check(state.screen, name: "view-\(size.0)x\(size.1)-\(name)-\(marks.rawValue)")
    }
  }

  @Test(
    "The views of the samples look as recorded", arguments: [(80, 24), (160, 48)],
    [Marks.ascii, .braille])
  func views(size: (Int, Int), marks: Marks) throws {
    func state(_ dimension: Int) throws -> WorkbenchState {
      try Fixture.state(dimension: dimension, columns: size.0, rows: size.1, marks: marks)
    }
    let views: [(name: String, dimension: Int, keys: String)] = [
      ("score", 2, "g"), ("difference", 2, "ggG"), ("score-1d", 1, "g"), ("particles", 2, "vv"),
      ("followed", 2, "vvi,,"), ("crosshair", 2, "+"), ("density", 2, "v"), ("density-1d", 1, "v"),
      ("components", 5, "A"), ("matrix", 5, "vvv"), ("metrics", 2, "M"), ("closer", 2, "4ZZ"),
    ]
    for view in views {
      var state = try state(view.dimension)
      for key in view.keys { state.press(.character(key)) }
      // Without what Samples is next to, half as much is recorded.
      state.press(.character("4"), .character("z"))
      try check(state.screen, name: "view-\(size.0)x\(size.1)-\(view.name)-\(marks.rawValue)")
    }
    var parts = try state(2)
    parts.press(.character("3"), .character("z"), .character("b"), .character("b"), .character("b"))
    try check(parts.screen, name: "view-\(size.0)x\(size.1)-parts-\(marks.rawValue)")
    parts.press(.character("b"))
    try check(parts.screen, name: "view-\(size.0)x\(size.1)-bound-\(marks.rawValue)")
    for (view, name) in [(ErrorView.collapse, "collapse"), (.refine, "refine")] {
      var manifold = try state(2)
      try ManifoldFixture.addSpectra(to: &manifold)
      ManifoldFixture.addAngles(to: &manifold)
      manifold.live.errorView = view
      manifold.press(.character("3"), .character("z"))
      try check(manifold.screen, name: "view-\(size.0)x\(size.1)-\(name)-\(marks.rawValue)")
    }
    var digits = try Fixture.digits(columns: size.0, rows: size.1, marks: marks)
    digits.live.sampleView = .pictures
    try check(digits.screen, name: "view-\(size.0)x\(size.1)-pictures-\(marks.rawValue)")
    digits.live.sampleView = .denoising
    digits.press(.character("4"), .character("z"))
    try check(digits.screen, name: "view-\(size.0)x\(size.1)-denoising-\(marks.rawValue)")
    digits.live.errorView = .pixels
    digits.press(.character("3"))
    try check(digits.screen, name: "view-\(size.0)x\(size.1)-pixels-\(marks.rawValue)")
  }

  @Test(
    "The experiment page looks as recorded",
    arguments: [(60, 15), (80, 24), (160, 48)], [Marks.ascii, .braille])
  func experiment(size: (Int, Int), marks: Marks) throws {
    var state = try ExperimentFixture.state(columns: size.0, rows: size.1, marks: marks)
    let names = ["curves", "bars", "images", "table"]
    for (index, name) in names.enumerated() {
      state.focus = 2
      state.experiment.exhibit = index
      try check(state.screen, name: "experiment-\(size.0)x\(size.1)-\(name)-\(marks.rawValue)")
    }
    for focus in size.0 < 120 ? [0, 1, 3] : [] {
      state.focus = focus
      let pane = state.pageType.panes[focus].title.lowercased()
      try check(state.screen, name: "experiment-\(size.0)x\(size.1)-\(pane)-\(marks.rawValue)")
    }
  }

  @Test(
    "The table page looks as recorded",
    arguments: [(60, 15), (80, 24), (160, 48)], [Marks.ascii, .braille])
  func table(size: (Int, Int), marks: Marks) throws {
    var state = TableFixture.state(columns: size.0, rows: size.1, marks: marks)
    state.selectedRow = "2.range"
    for focus in size.0 < 80 ? [0, 1, 2] : [0] {
      state.focus = focus
      let pane = size.0 < 80 ? "-\(state.pageType.panes[focus].title.lowercased())" : ""
      try check(state.screen, name: "table-\(size.0)x\(size.1)\(pane)-\(marks.rawValue)")
    }
  }

  @Test(
    "The plan page looks as recorded",
    arguments: [(60, 15), (80, 24), (160, 48)], [Marks.ascii, .braille])
  func plan(size: (Int, Int), marks: Marks) throws {
    var state = try PlanPageTests.state(columns: size.0, rows: size.1, marks: marks)
    for focus in size.0 < 80 ? [0, 1] : [0] {
      state.focus = focus
      let pane = size.0 < 80 ? "-\(state.pageType.panes[focus].title.lowercased())" : ""
      try check(state.screen, name: "plan-\(size.0)x\(size.1)\(pane)-\(marks.rawValue)")
    }
  }

  @Test(
    "The page of the runs looks as recorded",
    arguments: [(60, 15), (80, 24), (160, 48)], [Marks.ascii, .braille])
  func runs(size: (Int, Int), marks: Marks) throws {
    for (chosen, name) in [(0, "one"), (3, "three"), (6, "six")] {
      var state = try RunsFixture.state(
        columns: size.0, rows: size.1, marks: marks, chosen: chosen)
      for focus in size.0 < 80 ? [0, 1, 2] : [0] {
        state.focus = focus
        let pane = size.0 < 80 ? "-\(state.pageType.panes[focus].title.lowercased())" : ""
        try check(
          state.screen, name: "runs-\(size.0)x\(size.1)-\(name)\(pane)-\(marks.rawValue)")
      }
    }
  }

  @Test("Help, choices and the editor look as recorded")
  func overlays() throws {
    var state = try Fixture.state(marks: .ascii)
    state.press(.character("?"))
    try check(state.screen, name: "help")
    state.press(.escape, .enter)
    try check(state.screen, name: "choices")
    state.press(.escape, .end, .enter)
    try check(state.screen, name: "editor")
  }

  private func check(_ canvas: Canvas, name: String) throws {
    let lines = canvas.lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }
    let text = lines.joined(separator: "\n") + "\n"
    let file = "\(name).txt"
    if Self.isRecording {
      try text.write(
        to: Self.folder.appending(path: file), atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: file, withExtension: nil, subdirectory: "Golden"),
      "no recording \(file)")
    let golden = try String(contentsOf: url, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    for (row, (found, expected)) in zip(lines, golden).enumerated() where found != expected {
      Issue.record("\(file) row \(row):\n  found    \(found)\n  expected \(expected)")
    }
    #expect(lines.count == golden.count)
  }
}
