import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The form changes the configuration as a file would, or says what is allowed.
@Suite struct FormTests {
  /// The texts of a field while an arrow is pressed.
  private func walk(_ path: String, _ key: Key, presses: Int, from: String? = nil) throws
    -> [String]
  {
    var state = try Fixture.state()
    if let from {
      state.run.configuration = try state.run.configuration.setting(["\(path)=\(from)"])
    }
    state.selectedRow = path
    return (0..<presses).map { _ in
      state.press(key)
      return state.run.configuration.text(at: path) ?? "none"
    }
  }

  @Test(
    "Right steps every kind of field up",
    arguments: [
      ("optimizer.learning_rate", "0.001", ["0.002", "0.005", "0.01", "0.02"]),
      ("optimizer.learning_rate", "0.003", ["0.005", "0.01"]),
      ("optimizer.learning_rate", "50", ["100", "100"]),
      ("optimizer.batch", "256", ["512", "1024"]),
      ("optimizer.batch", "300", ["512"]),
      ("optimizer.batch", "65536", ["65536"]),
      ("optimizer.average", "0", ["0.9", "0.99", "0.999", "0.9999", "0.99999", "0.99999"]),
      ("optimizer.average", "0.95", ["0.99"]),
      ("training_set.count", "200000", ["500000", "1000000", "unlimited", "unlimited"]),
      (
        "network.hidden", "[64, 128]", ["[256, 256]", "[512, 512]", "[1024, 1024]", "[1024, 1024]"]
      ),
      ("network.hidden", "[2000]", ["[2000]"]),
      ("sampler.steps", "1", ["2", "5", "10", "20"]),
      ("network.activation", "silu", ["relu", "tanh", "gelu", "silu"]),
      ("network.residual", "false", ["true", "false"]),
      ("network.time_features", "32", ["64", "128", "256", "256"]),
      ("network.position_features", "7", ["8", "8"]),
      ("optimizer.beta1", "0.9", ["0.99", "0.999", "0.9999", "0.9999"]),
      ("optimizer.warmup", "0", ["1", "2", "5", "10"]),
      ("optimizer.clip_norm", "0", ["0.01", "0.02"]),
      ("probe.points", "64", ["128", "256"]),
      ("probe.delta", "0.05", ["0.1", "0.2", "0.5", "0.5"]),
      ("seed", "7", ["8", "9"]),
      ("distribution.noise", "0.08", ["0.1", "0.2"]),
    ])
  func up(path: String, from: String, expected: [String]) throws {
    #expect(try walk(path, .right, presses: expected.count, from: from) == expected)
  }

  @Test(
    "Left steps every kind of field down",
    arguments: [
      ("optimizer.learning_rate", "0.003", ["0.002", "0.001", "0.0005", "0.0002", "0.0001"]),
      ("optimizer.learning_rate", "2e-8", ["1e-08", "1e-08"]),
      ("optimizer.batch", "300", ["256", "128"]),
      ("optimizer.batch", "2", ["1", "1"]),
      ("optimizer.average", "0.99", ["0.9", "0", "0"]),
      ("training_set.count", "unlimited", ["1000000", "500000", "200000"]),
      ("training_set.count", "5", ["2", "2"]),
      ("network.hidden", "[32, 32]", ["[16, 16]", "[16, 16]"]),
      ("network.hidden", "[8]", ["[8]"]),
      ("sampler.steps", "3", ["2", "1", "1"]),
      ("network.activation", "silu", ["gelu", "tanh"]),
      ("network.time_features", "20", ["16", "8", "4", "2", "2"]),
      ("optimizer.warmup", "2", ["1", "0", "0"]),
      ("optimizer.clip_norm", "0.02", ["0.01", "0", "0"]),
      ("probe.delta", "0.0002", ["0.0001", "0.0001"]),
      ("seed", "1", ["0", "0"]),
    ])
  func down(path: String, from: String, expected: [String]) throws {
    #expect(try walk(path, .left, presses: expected.count, from: from) == expected)
  }

  @Test("A number whose range has zero reaches it and leaves it")
  func zero() throws {
    let ring = "distribution={kind: ring_of_gaussians, radius: 0.02}"
    var state = try Fixture.state()
    state.run.configuration = try state.run.configuration.setting([ring])
    state.selectedRow = "distribution.radius"
    let down = (0..<3).map { _ in
      state.press(.left)
      return state.run.configuration.text(at: "distribution.radius")
    }
    #expect(down == ["0.01", "0", "0"])
    state.press(.right)
    #expect(state.run.configuration.text(at: "distribution.radius") == "0.01")
  }

  @Test("A number whose range lies on both sides of zero goes through it")
  func negative() throws {
    var state = try Fixture.state()
    state.run.configuration = try state.run.configuration.setting(
      ["objective={levels: log_normal, sigma_mean: -1.2}"])
    state.selectedRow = "objective.sigma_mean"
    func walk(_ key: Key, _ presses: Int) -> [String?] {
      (0..<presses).map { _ in
        state.press(key)
        return state.run.configuration.text(at: "objective.sigma_mean")
      }
    }
    #expect(walk(.right, 3) == ["-1", "-0.5", "-0.2"])
    #expect(walk(.right, 7) == ["-0.1", "-0.05", "-0.02", "-0.01", "0", "0.01", "0.02"])
    #expect(walk(.left, 3) == ["0.01", "0", "-0.01"])
    #expect(walk(.left, 9).suffix(3) == ["-2", "-3", "-3"])
  }

  @Test("Up, down, Home, End and their letters move over the rows and stop at both ends")
  func selection() throws {
    var state = try Fixture.state()
    let paths = state.formLines.map(\.path)
    state.press(.up)
    #expect(state.selectedRow == paths[0])
    state.press(.down, .character("j"))
    #expect(state.selectedRow == paths[2])
    state.press(.character("k"))
    #expect(state.selectedRow == paths[1])
    state.press(.end, .down)
    #expect(state.selectedRow == paths[paths.count - 1] && state.selectedRow == "seed")
    state.press(.home)
    #expect(state.selectedRow == paths[0])
  }

  @Test("Every row of every distribution is a key of the configuration with a value")
  func rows() throws {
    for entry in DistributionCatalog.all {
      let distribution = "distribution={kind: \(entry.name)"
      let required = entry.parameters.contains { $0.kind == .text(default: nil) }
      let configuration = try RunConfiguration().setting(
        [distribution + (required ? ", file: a.csv}" : "}")])
      let fields = SetupForm.rows(of: configuration).map(\.field)
      #expect(Set(fields.map(\.path)).count == fields.count)
      for field in fields where !field.isTyped {
        #expect(configuration.text(at: field.path) != nil, "\(field.path)")
      }
    }
  }

  @Test("A value is typed with the editing keys and set by Enter")
  func typing() throws {
    var state = try Fixture.state()
    state.selectedRow = "optimizer.learning_rate"
    state.press(.enter)
    #expect(state.editor?.text == "0.001" && state.editor?.cursor == 5)
    state.press(.backspace, .character("4"), .home, .delete, .character("1"), .left, .right)
    #expect(state.editor?.text == "1.004" && state.editor?.cursor == 1)
    state.press(.end, .character("7"), .control("a"), .right, .control("u"))
    #expect(state.editor?.text == ".0047" && state.editor?.cursor == 0)
    state.press(.control("e"), .right, .home, .left, .backspace, .space, .character("0"))
    #expect(state.editor?.text == " 0.0047")
    let effects = state.press(.enter)
    #expect(state.editor == nil)
    #expect(state.run.configuration.optimizer.learningRate == 0.0047)
    #expect(effects == [.send(.configure(state.run.configuration))])
  }

  @Test("Esc leaves the value as it was, and q is a letter while typing")
  func leaving() throws {
    var state = try Fixture.state()
    let before = state.run.configuration
    state.press(.end, .enter)
    state.type("q?z")
    #expect(state.editor?.text == "q?z" && state.isRunning && !state.isZoomed)
    #expect(state.press(.escape).isEmpty)
    #expect(state.editor == nil && state.run.configuration == before)
  }

  @Test("Combining marks and wide letters leave the cursor within the text")
  func combiningMarks() throws {
    var state = try Fixture.state()
    state.press(.end, .enter)
    state.type("e\u{301}\u{301}\u{1F1E9}\u{1F1EA}\u{4E2D}")
    for key in [Key.left, .backspace, .delete, .right, .end, .backspace, .home, .delete] {
      for _ in 0..<3 {
        state.press(key)
        let editor = try #require(state.editor)
        #expect((0...editor.text.unicodeScalars.count).contains(editor.cursor))
        #expect(state.screen.cursor != nil)
      }
    }
  }

  @Test(
    "A bad value changes nothing and the notice says what is allowed",
    arguments: [
      ("optimizer.learning_rate", "fast", "number from 1e-08 to 100"),
      ("optimizer.learning_rate", "-1", "number from 1e-08 to 100"),
      ("optimizer.learning_rate", "", "number from 1e-08 to 100"),
      ("optimizer.learning_rate", "nan", "number from 1e-08 to 100"),
      ("optimizer.batch", "2.5", "whole number from 1 to 65536"),
      ("network.hidden", "[]", "list of 1 to 8"),
      ("network.hidden", "[64", "not YAML"),
      ("training_set.count", "1", "unlimited"),
      ("seed", "-3", "whole number"),
      ("probe.delta", "0.9", "from 0.0001 to 0.5"),
    ])
  func badValues(path: String, text: String, allowed: String) throws {
    var state = try Fixture.state()
    let before = state.run.configuration
    state.selectedRow = path
    state.press(.enter, .control("u"))
    state.type(text)
    #expect(state.press(.enter).isEmpty)
    #expect(state.run.configuration == before)
    let notice = try #require(state.notice)
    #expect(notice.role == .error && notice.text.contains(allowed), "\(notice.text)")
    // What was typed can be mended, or left.
    #expect(state.editor?.text == text)
    state.press(.escape)
    #expect(state.editor == nil && state.notice == nil)
  }

  @Test("What is typed first takes the place of the value; a key that moves keeps it")
  func replacing() throws {
    var state = try Fixture.state()
    state.selectedRow = "optimizer.batch"
    state.press(.enter)
    state.type("64")
    #expect(state.editor?.text == "64")
    state.press(.escape, .enter, .end)
    state.type("0")
    #expect(state.editor?.text == "2560")
    state.press(.escape, .enter)
    state.send(.paste("12"))
    #expect(state.editor?.text == "12")
  }

  @Test("An arrow that is at its end says the range, and what typing may do beyond it")
  func ends() throws {
    var state = try Fixture.state()
    state.run.configuration = try state.run.configuration.setting(["optimizer.batch=65536"])
    state.selectedRow = "optimizer.batch"
    #expect(state.press(.right).isEmpty)
    #expect(state.notice?.text.contains("a whole number from 1 to 65536") == true)
  }

  @Test("A refused value is mended in place")
  func mending() throws {
    var state = try Fixture.state()
    state.selectedRow = "optimizer.batch"
    state.press(.enter, .control("u"))
    state.type("0")
    state.press(.enter, .backspace, .character("9"), .enter)
    #expect(state.editor == nil && state.run.configuration.optimizer.batch == 9)
  }

  @Test("A change of the distribution keeps the selection where it makes sense")
  func distributionChange() throws {
    var state = try Fixture.state()
    let distributions = DistributionCatalog.all.map(\.name)
    let index = try #require(distributions.firstIndex(of: "two_moons"))
    state.selectedRow = "distribution.kind"
    state.press(.right)
    #expect(state.run.configuration.distribution.kind == distributions[index + 1])
    #expect(state.notice?.text.contains("restarted with seed 7") == true)
    #expect(state.selectedRow == "distribution.kind")
  }
}
