// Times kernels and full-batch descent at the sizes of Han, Razaviyayn and Xu 2024 (arXiv:2401.15604),
// and spectra of denoisers.
//
//     swift run -c release --package-path Benchmarks/kernels
//
// Each row is repeated; the times are of the repeats, in seconds.
import ScoreCore
import ScoreTheory

func seconds(_ body: () -> Void) -> Double {
  ContinuousClock().measure(body) / .seconds(1)
}

func report(_ what: String, _ times: [Double]) {
  let sorted = times.sorted()
  let middle = sorted[sorted.count / 2]
  print("\(what): median \(middle), lowest \(sorted[0]), highest \(sorted[sorted.count - 1])")
}

var stream = RandomStream(seed: 1, purpose: .initialization)
let inputs = stream.normals(count: 4000, dimension: 2)
var gram: [Double] = []
report(
  "Gram matrix, n = 4,000", (0..<5).map { _ in seconds { gram = ReLUTangentKernel.gram(inputs) } })
report(
  "its eigenvalues",
  (0..<5).map { _ in seconds { _ = KernelDescent.eigenvalues(gram: gram, count: 4000) } })

let steps = 500
for outputs in [1, 2, 8] {
  let rows = stream.normals(count: 1000, dimension: outputs + 1)
  let targets = stream.normals(count: 1000, dimension: outputs)
  let network = TwoLayerNetwork(
    width: 4096, inputCount: outputs + 1, outputCount: outputs, using: &stream)
  var descent = TwoLayerDescent(network, inputs: rows, targets: targets, rate: 0.1)
  report(
    "\(steps) full-batch steps, n = 1,000, width 4,096, d = \(outputs)",
    (0..<3).map { _ in seconds { for _ in 0..<steps { descent.advance() } } })
}

// Eigenvalues of the denoiser's Jacobian at 64 points in 64 dimensions, as the collapse view takes them.
let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
let level = process.level(at: 0.1)
for hidden in [[64, 64], [128, 128, 128]] {
  let network = Perceptron(
    InputEncoding(dimension: 64, timeFeatures: TimeFeatures(.logSNR, pairs: 8)), hidden: hidden)
  let score = NetworkScore(
    architecture: network, parameters: network.initialParameters(seed: 1), process: process)
  let x = stream.normals(count: 64, dimension: 64)
  report(
    "spectra of a network \(hidden), 64 points, d = 64",
    (0..<30).map { _ in
      seconds {
        _ = PointMatrices(denoiserOf: score, at: x, level: level).symmetricEigenvalues()
      }
    })
}
let families: [(String, any KnownScoreDistribution)] = [
  ("circle", VonMisesCircle(concentration: 2, radius: 1, dimension: 64, seed: 1)),
  ("sphere", EmbeddedDistribution(UniformSphere(intrinsic: 5, radius: 1), dimension: 64, seed: 1)),
  ("Swiss roll", EmbeddedDistribution(SwissRoll(noise: 0.05), dimension: 64, seed: 1)),
]
for (name, distribution) in families {
  let x = distribution.noisySample(count: 64, level: level, using: &stream)
  report(
    "exact spectra, \(name), 64 points, d = 64",
    (0..<30).map { _ in
      seconds {
        _ = PointMatrices(denoiserOf: distribution, at: x, level: level).symmetricEigenvalues()
      }
    })
}
