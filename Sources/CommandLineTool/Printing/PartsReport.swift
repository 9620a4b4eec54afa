import NumberFormatting
import ScoreCore
package import ScoreLab
import ScoreTheory
import Workbench

/// What is printed of the parts of the error.
package struct PartsReport {
  private let found: ErrorParts
  private let delta: Double
  private let pointCount: Int

  package init(_ found: ErrorParts, configuration: RunConfiguration) {
    self.found = found
    (delta, pointCount) = (configuration.probe.delta, configuration.probe.points)
  }

  /// A part at all levels.
  private struct Part {
    let name: String
    let errors: [ScoreErrorDistribution]

    init?(
      _ name: String, _ levels: [ErrorParts.Level],
      _ part: (ErrorParts.Level) -> ScoreErrorDistribution?
    ) {
      let errors = levels.compactMap(part)
      guard !errors.isEmpty, errors.count == levels.count else { return nil }
      (self.name, self.errors) = (name, errors)
    }
  }

  /// The whole, and those of its parts that are known.
  private var parts: [Part] {
    [
      Part("whole", found.levels, \.whole), Part("approximation", found.levels, \.approximation),
      Part("statistical", found.levels, \.statistical),
      Part("optimisation", found.levels, \.optimization),
      // Without s^b two of them cannot be told apart.
      Part("other", found.levels) { $0.optimization == nil ? $0.rest : nil },
    ].compactMap { $0 }
  }

  /// The JSON line.
  package var line: JSONLine {
    var line = JSONLine()
    line.add("step", found.step)
    line.add("s_a", found.minimisers.population)
    line.add("s_b", found.minimisers.empirical)
    line.add("delta", delta)
    line.add("points", pointCount)
    line.add("time", found.levels.map(\.whole.time))
    for part in parts {
      line.add("\(part.name)_l2", part.errors.map(\.l2))
      line.add("\(part.name)_l2_low", part.errors.map(\.l2Interval.lowerBound))
      line.add("\(part.name)_l2_high", part.errors.map(\.l2Interval.upperBound))
      line.add("\(part.name)_d_delta", part.errors.map { $0.quantileEstimate(delta: delta) })
    }
    // D of the whole at this share is at most the sum of the parts at delta.
    line.add("sum_share", Double(found.levels.first?.parts.count ?? 0) * delta)
    line.add(
      "whole_d_sum_share", found.levels.map { $0.quantiles(delta: delta)?.whole ?? .nan })
    return line
  }

  /// A table with a row for each part at each level.
  package var table: [String] {
    let name = "D_\(NumberText.short(delta))"
    let head = row("time", "part", ["L2", "from", "to", name, "from", "to"])
    return found.minimisers.standingWords + [head]
      + found.levels.indices.flatMap { index in
        parts.map { part in
          let errors = part.errors[index]
          return row(NumberText.short(errors.time), part.name, numbers(errors))
        }
      }
  }

  /// A sentence for each level.
  package var sentences: [String] {
    let name = "D_\(NumberText.short(delta))"
    return found.minimisers.standingWords
      + found.levels.indices.map { index in
        let said = parts.map { part in
          let numbers = numbers(part.errors[index])
          let quantile = numbers[3] == "unknown" ? "" : ", from \(numbers[4]) to \(numbers[5])"
          return "\(part.name) L2 \(numbers[0]), from \(numbers[1]) to \(numbers[2]), "
            + "\(name) \(numbers[3])\(quantile)"
        }
        return "parts of the error at time \(NumberText.short(found.levels[index].whole.time)): "
          + said.joined(separator: "; ")
      }
  }

  /// L2 and D_delta, each with the ends of its interval.
  private func numbers(_ errors: ScoreErrorDistribution) -> [String] {
    let (l2, quantile) = (errors.l2Interval, errors.quantileEstimate(delta: delta))
    let first = [errors.l2, l2.lowerBound, l2.upperBound].map { NumberText.short($0) }
    guard let value = quantile.value else { return first + ["unknown", "", ""] }
    return first
      + [value, quantile.interval.lowerBound, quantile.interval.upperBound].map {
        NumberText.short($0)
      }
  }

  private func row(_ time: String, _ part: String, _ numbers: [String]) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(1, width - text.count)) + text
    }
    return padded(time, 9) + "  " + part + String(repeating: " ", count: max(0, 13 - part.count))
      + numbers.map { padded($0, 9) }.joined()
  }
}

extension JSONLine {
  /// How far a minimiser was.
  fileprivate mutating func add(_ key: String, _ side: Minimisers.Side) {
    switch side {
    case .missing(let obstacle):
      add(key, "missing")
      add("\(key)_why", obstacle.text)
    case .known(let standing):
      add(key, standing.state)
      switch standing {
      case .collecting(let share): add("\(key)_rows", share)
      case .exact, .unsolvable: break
      case .descent(let steps, let loss, let norm, _):
        add("\(key)_steps", steps)
        add("\(key)_loss", loss)
        add("\(key)_gradient", norm)
      }
    }
  }
}
