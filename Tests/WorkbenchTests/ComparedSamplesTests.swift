import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// Runs that are trained in turn, on the samples and in the list of runs.
@Suite struct ComparedSamplesTests {
  /// A state with a run B next to the head's A: another rate, and samples a half to the left.
  private static func state(
    dimension: Int = 2, marks: Marks = .braille,
    change: (inout ComparedRun) throws -> Void = { _ in }
  ) throws -> WorkbenchState {
    var snapshot = try Fixture.snapshot(dimension: dimension)
    let head = try #require(snapshot.runs.head)
    var measurements = snapshot.measurements
    var pass = try #require(measurements[SamplesMeasurement.self].value)
    var moved = Trajectories(
      count: Fixture.points, dimension: dimension, frames: Fixture.times.count)
    for (frame, time) in Fixture.times.enumerated() {
      let values = pass.trajectories.frames[frame].map { Double($0) - 0.5 }
      moved.record(Points(values: values, dimension: dimension), at: time)
    }
    pass.trajectories = moved
    measurements[SamplesMeasurement.self].value = pass
    var other = ComparedRun(
      run: RunID(2),
      configuration: try snapshot.configuration.setting(["optimizer.learning_rate=0.02"]),
      step: 1234, curve: snapshot.curve, measurements: measurements)
    try change(&other)
    (snapshot.compared, snapshot.others) = ([head, other.run], [other])
    var state = try Fixture.state(dimension: dimension, columns: 160, rows: 48, marks: marks)
    state.receive(snapshot)
    state.focus = 3
    return state
  }

  private static func layers(_ state: WorkbenchState) -> [ScatterPlot.Points] {
    state.screen.plots(of: 3).flatMap { plot -> [ScatterPlot.Points] in
      guard case .scatter(let scatter)? = plot.content else { return [] }
      return scatter.layers.compactMap { layer in
        guard case .points(let points) = layer else { return nil }
        return points
      }
    }
  }

  @Test("The samples of a run compared are drawn beneath those of the head, by colour and letter")
  func overlays() throws {
    let state = try Self.state()
    let layers = Self.layers(state)
    let own = try #require(layers.first { $0.name == "learned" })
    let other = try #require(layers.first { $0.name == "B samples" })
    #expect(other.letter == "B" && other.role != own.role)
    // Numbers below 4 in float32.
    #expect(zip(own.x, other.x).allSatisfy { abs($0 - $1 - 0.5) < 1e-6 })
    #expect(own.x.count == other.x.count)
    let text = state.picture(ofPane: 3).lines.joined(separator: "\n")
    #expect(text.contains("B B samples"))
    // One in the key and its name, and some on the plot.
    #expect(text.count { $0 == "B" } > 5)
  }

  @Test("Without colours and in ASCII letters alone show where they are")
  func letters() throws {
    var mono = try Self.state()
    mono.isColored = false
    for state in [mono, try Self.state(marks: .ascii)] {
      let other = try #require(Self.layers(state).first { $0.name == "B samples" })
      #expect(other.x.count == other.letteredCount)
    }
  }

  @Test("On the line they are a curve with the run's dashes, of unit area")
  func line() throws {
    let state = try Self.state(dimension: 1)
    let curves = state.screen.plots(of: 3).flatMap { plot -> [Histogram.Curve] in
      guard case .histogram(let histogram)? = plot.content else { return [] }
      return histogram.curves
    }
    let other = try #require(curves.first { $0.label == "B samples" })
    #expect(other.stroke != Stroke(.solid, ascii: "*"))
    let width = other.x[1] - other.x[0]
    // Points outside the axis are in no bin.
    #expect((0.8...1.0000001).contains(other.y.reduce(0) { $0 + $1 * width }))
  }

  @Test("Samples of another distribution, or none yet, are left out")
  func leftOut() throws {
    let other = try Self.state { run in
      run.configuration = try run.configuration.setting(["distribution.kind=spiral"])
    }
    let none = try Self.state { $0.measurements = MeasurementResults() }
    for state in [other, none] { #expect(!Self.layers(state).contains { $0.name == "B samples" }) }
  }

  @Test(
    "The list of runs has a table of how they stand and of the settings that differ, and no others")
  func table() throws {
    var state = try Self.state()
    state.press(.character("E"))
    let lines = state.screen.lines.map { line in
      line.split(separator: " ").filter { $0 != "│" && $0 != "║" }.joined(separator: " ")
    }
    for row in ["A (head) B", "step 4,000 1,234", "held-out excess 0.05 0.05"] {
      #expect(lines.contains { $0.contains(row) }, "\(row)")
    }
    let before = state.run.configuration.optimizer.learningRate
    #expect(lines.contains { $0.contains("optimizer.learning_rate \(before) 0.02") })
    #expect(!lines.contains { $0.contains("optimizer.batch") })
  }

  @Test("A row of the tree says the settings that its run has and the run before it has not")
  func tree() throws {
    var snapshot = try #require(try Self.state().run.snapshot)
    (snapshot.compared, snapshot.others) = ([], [])
    let start = snapshot.configuration
    var log = RunLog(start: start)
    var tree = RunTree()
    _ = tree.start(log, as: RunID(1))
    tree.grow(RunID(1), log, executedSteps: 500)
    let first = try #require(tree[RunID(1)])
    log.entries = [
      .init(executedSteps: 200, action: .configure(try start.setting(["optimizer.batch=64"])))
    ]
    _ = tree.branch(from: first.place(atExecutedStep: 200), log, as: RunID(2))
    _ = tree.start(
      RunLog(
        start: try start.setting([
          "training_set.count=50", "seed=3", "network.hidden=[8]", "probe.delta=0.1",
        ])), as: RunID(3))
    snapshot.runs = tree
    var state = try Self.state()
    state.receive(snapshot)
    let lines = RunComparison.text(state).paragraphs
    #expect(lines[0] == "o run 1: to step 500, 0 changes")
    #expect(
      lines[1] == "`-o run 2: from step 200 to step 200, 1 change: optimizer.batch 64")
    #expect(lines[2].hasPrefix("* run 3: to step 0, 0 changes, the head: "))
    #expect(lines[2].hasSuffix(", 2 more") && lines[2].contains("seed 3"))
  }

  @Test("A table is cut to its width, and has no line where nothing is compared")
  func widths() throws {
    let snapshot = try #require(try Self.state().run.snapshot)
    let table = ComparisonTable(snapshot)
    #expect(table.lines(width: 30, .braille).allSatisfy { $0.count <= 30 })
    #expect(ComparisonTable(try Fixture.snapshot(dimension: 2)).lines(width: 80, .ascii).isEmpty)
  }
}
