import Glibc
import ScoreCore
import ScoreTheory
import TestSupport
import Testing

@Suite struct WorkedExampleTests {
  @Test("The worked example of the documentation runs as it is printed there")
  func example() throws {
    // The example.
    // A hundredth of the mass lies ten standard deviations away.
    let pair = LowerBoundPair(eta: 0.01, separation: 10)

    // How often fifty samples make empirical risk choose the score that does not know of it.
    let wrong = pair.wrongChoiceProbability(sampleCount: 50, time: 0.1)

    // How far that choice takes the samples, as a Wasserstein-2 distance.
    let distance = pair.wasserstein2Squared(time: 0.1).squareRoot()
    // Its end.
    // None of fifty samples lies in the far part with 0.99^50; then the choice is a coin's.
    #expect(wrong >= pow(0.99, 50) / 2 - 1e-9 && wrong < 0.5)
    #expect(distance > 0 && distance < 10)
    #expect(
      try WorkedExample.printed(for: "ScoreTheory", test: #filePath)
        == WorkedExample.tested(in: #filePath))
  }
}
