import Glibc

/// A short text, as a mixture along the strokes of its letters.
///
/// Isotropic components of equal weight stand 0.3 grid units apart along the strokes of
/// ``StrokeFont``; the whole is standardised. The distribution is this mixture, so its score is
/// exact.
enum Letters {
  static let lengthLimit = 24

  /// Makes the distribution.
  ///
  /// - Parameters:
  ///   - text: At least one character that is not a space; small letters count as capitals.
  ///   - noise: The deviation of each component, in heights of a letter.
  /// - Returns: Components of mean 0 and mean variance 1.
  /// - Throws: ``ParameterError`` for a text that is too long or has other characters.
  static func mixture(text: String, noise: Double) throws(ParameterError) -> IsotropicMixture {
    func failure(_ message: String) -> ParameterError {
      ParameterError(path: ["text"], message: message)
    }
    guard text.count <= lengthLimit else {
      throw failure("expected at most \(lengthLimit) characters, not \(text.count)")
    }
    var rows: [[Double]] = []
    for (place, character) in text.uppercased().enumerated() {
      guard let strokes = StrokeFont.strokes(of: character) else {
        throw failure("cannot draw \"\(character)\"; allowed are \(StrokeFont.allowed)")
      }
      for stroke in strokes {
        rows += positions(along: stroke).map { [$0.x + Double(place) * StrokeFont.advance, $0.y] }
      }
    }
    guard !rows.isEmpty else { throw failure("expected at least one character besides spaces") }
    return StandardizedMixture.isotropic(centres: Points(rows: rows), deviation: 6 * noise)
  }

  private static func positions(along stroke: StrokeFont.Stroke) -> StrokeFont.Stroke {
    let legs = zip(stroke, stroke.dropFirst()).map { (from: $0, to: $1) }
    let lengths = legs.map { hypot($0.to.x - $0.from.x, $0.to.y - $0.from.y) }
    let total = lengths.reduce(0, +)
    let count = max(1, Int((total / 0.3).rounded()))
    var result: StrokeFont.Stroke = []
    var leg = 0
    var before = 0.0
    for index in 0..<count {
      let target = (Double(index) + 0.5) / Double(count) * total
      while leg < legs.count - 1 && before + lengths[leg] < target {
        before += lengths[leg]
        leg += 1
      }
      let share = (target - before) / lengths[leg]
      let (a, b) = legs[leg]
      result.append((a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)))
    }
    return result
  }
}

extension DistributionCatalog.Entry {
  static let letters = DistributionCatalog.Entry(
    name: "letters",
    summary: "a short text drawn as a mixture along its strokes",
    source: "exact because the distribution is the mixture",
    parameters: [
      ParameterDescription(
        "text", "up to \(Letters.lengthLimit) characters: \(StrokeFont.allowed)",
        .text(default: "SCORE")),
      ParameterDescription(
        "noise", "deviation about the strokes, in heights of a letter",
        .number(default: 0.03, range: 0.001...1)),
    ],
    make: { parameters, _ in
      try Letters.mixture(text: parameters.text("text"), noise: parameters.number("noise"))
    })
}
