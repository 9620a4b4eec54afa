import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The rows of members and of their parameters.
@Suite struct MemberRowTests {
  /// The keys that name a member, with their catalogs.
  private static let catalogs: [(path: String, items: [any CatalogItem])] = [
    ("process.kind", ProcessCatalog.all), ("objective.target", TrainingTargetCatalog.all),
    ("objective.weighting", LevelWeightingCatalog.all),
    ("objective.levels", LevelDrawCatalog.all), ("optimizer.kind", OptimizerCatalog.all),
    ("optimizer.schedule", RateScheduleCatalog.all),
    ("optimizer.constraint", WeightConstraintCatalog.all), ("sampler.kind", SamplerCatalog.all),
    ("sampler.grid", TimeGridCatalog.all),
  ]

  /// What chooses a member, with what it has no default for.
  private static func assignments(_ path: String, _ name: String) -> [String] {
    ["\(path)=\(name)"] + (path == "sampler.grid" && name == "given" ? ["sampler.times=[0.1]"] : [])
  }

  /// A configuration for every member of every catalog, and for choices that hide rows.
  private func configurations() throws -> [RunConfiguration] {
    let choices = Self.catalogs.flatMap { path, items in
      items.map { Self.assignments(path, $0.name) }
    }
    let hiding = [
      ["network.kind=linear"], ["network.kind=ntk"], ["network.kind=conservative"],
      ["network.time_embedding=plain"], ["distribution.kind=digits", "network.condition=class"],
      ["optimizer.average_profile=power"],
    ]
    return try (choices + hiding).map { try RunConfiguration().setting($0) }
  }

  @Test("The parameters of a member follow its row, indented, and no other member's are there")
  func memberRows() throws {
    for (path, items) in Self.catalogs {
      let section = path.prefix { $0 != "." }
      for item in items {
        let fields = SetupForm.rows(
          of: try RunConfiguration().setting(Self.assignments(path, item.name))
        ).map(\.field)
        let row = try #require(fields.firstIndex { $0.path == path })
        let own = item.parameters.map { "\(section).\($0.name)" }
        let following = fields.dropFirst(row + 1).prefix(own.count)
        #expect(following.map(\.path) == own)
        #expect(following.allSatisfy { $0.isIndented })
        for other in items where other.name != item.name {
          for parameter in other.parameters {
            let foreign = "\(section).\(parameter.name)"
            #expect(own.contains(foreign) || !fields.contains { $0.path == foreign })
          }
        }
      }
    }
  }

  @Test("Every key of the configuration has a row where it means something")
  func everyKeyHasARow() throws {
    let rows = Set(try configurations().flatMap { SetupForm.rows(of: $0).map(\.field).map(\.path) })
    for field in ConfigurationCatalog.fields where field.path != "distribution" {
      #expect(rows.contains(field.path), "\(field.path)")
    }
  }

  @Test("A linear network has no rows for hidden layers, plain time none for waves")
  func meaninglessRows() throws {
    func paths(_ assignment: String) throws -> [String] {
      SetupForm.rows(of: try RunConfiguration().setting([assignment])).map(\.field).map(\.path)
    }
    let linear = try paths("network.kind=linear")
    #expect(!linear.contains("network.hidden") && !linear.contains("network.activation"))
    #expect(linear.contains("network.time_features"))
    #expect(!linear.contains("network.width") && !linear.contains("network.outer_weights"))
    let tangent = try paths("network.kind=ntk")
    #expect(tangent.contains("network.width") && tangent.contains("network.outer_weights"))
    #expect(!tangent.contains("network.hidden") && !tangent.contains("network.residual"))
    let conservative = try paths("network.kind=conservative")
    #expect(conservative.contains("network.width") && conservative.contains("network.activation"))
    #expect(!conservative.contains("network.hidden") && !conservative.contains("network.residual"))
    #expect(
      !conservative.contains("network.input_radius") && tangent.contains("network.input_radius"))
    #expect(try !paths("network.time_embedding=since_stop").contains("network.time_features"))
    #expect(try !paths("network.time_embedding=plain").contains("network.time_features"))
    #expect(try !paths("network.time_embedding=none").contains("network.time_features"))
    #expect(try !paths("optimizer.kind=gradient_descent").contains("optimizer.batch"))
  }

  @Test("Every row of every member moves by an arrow, and says live or restart as it is")
  func liveness() throws {
    for configuration in try configurations() {
      for field in SetupForm.rows(of: configuration).map(\.field) {
        var state = try Fixture.state()
        state.run.configuration = configuration
        state.selectedRow = field.path
        // There is no next file and no next list.
        if field.isTyped { continue }
        var effects = state.press(.left)
        // What needs a list asks for it first.
        if state.editor != nil { state.press(.escape) }
        if effects.isEmpty && state.notice?.role != .error { effects = state.press(.right) }
        // What another section forbids is reported, not done.
        if state.notice?.role == .error { continue }
        #expect(effects == [.send(.configure(state.run.configuration))], "\(field.path)")
        let restarts = state.run.configuration.requiresRestart(comparedTo: configuration)
        #expect(restarts == !field.isLive, "\(field.path)")
        #expect(state.notice?.text.contains("restart") == !field.isLive, "\(field.path)")
      }
    }
  }

  @Test("An arrow sets what the same text in a file would, and is refused in the same words")
  func arrowsAndFiles() throws {
    for configuration in try configurations() {
      for row in SetupForm.rows(of: configuration) {
        for upwards in [false, true] {
          let neighbour = ValueSteps.neighbour(
            of: row.value, in: row.field.description, upwards: upwards)
          guard let next = neighbour else { continue }
          let path = row.field.path
          let typed = Result { () throws(ConfigurationError) in
            try configuration.setting([row.field.assignment(of: next.text)])
          }
          let stepped = Result { () throws(ConfigurationError) in
            try configuration.setting(path, to: next)
          }
          #expect(typed == stepped, "\(path) = \(next.text)")
        }
      }
    }
  }

  @Test("A list of choices says the summaries of its own catalog")
  func summaries() throws {
    for (path, items) in Self.catalogs {
      var state = try Fixture.state(columns: 160, rows: 48)
      state.selectedRow = path
      state.press(.enter)
      let text = state.screen.lines.joined(separator: "\n")
      for item in items { #expect(text.contains(item.summary.prefix(60)), "\(path): \(item.name)") }
    }
  }
}
