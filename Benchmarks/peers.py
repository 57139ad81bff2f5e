#!/usr/bin/env python3
"""One peer on one workload, in a process of its own: peers.py PEER FOLDER WORKLOAD.

Reads lines. A workload's name runs all windows of FOLDER/WORKLOAD.npy and answers with microseconds of CPU time a
window; `check` answers with the share of features that equal FOLDER/WORKLOAD.features.npy as float32.
"""
import os
import sys
import time
import warnings

import numpy as np

SPECTRAL = dict(
    implementation_version=4, draw_graphs=False, scale_axes=1, input_decimation_ratio=1, filter_type="none",
    filter_cutoff=3, filter_order=6, analysis_type="FFT", fft_length=16, spectral_peaks_count=3,
    spectral_peaks_threshold=0.1, spectral_power_edges="0.1, 0.5, 1.0, 2.0, 5.0", do_log=True, do_fft_overlap=True,
    wavelet_level=1, wavelet="db4", extra_low_freq=False)
AUDIO = dict(
    implementation_version=4, draw_graphs=False, frame_length=0.02, frame_stride=0.01, fft_length=256)
MFE = dict(AUDIO, num_filters=40, low_frequency=0, high_frequency=0, win_size=101, noise_floor_db=-52)
STUDIO = {
    "W1": ("spectral_analysis", dict(SPECTRAL, filter_type="low")),
    "W1b": ("spectral_analysis", dict(SPECTRAL, fft_length=64)),
    "W2": ("mfcc", dict(
        AUDIO, frame_stride=0.02, num_filters=32, num_cepstral=13, win_size=101, low_frequency=0, high_frequency=0,
        pre_cof=0.98, pre_shift=1)),
    "W3": ("mfe", MFE),
    "W3b": ("mfe", MFE),
    "W4": ("spectrogram", dict(AUDIO, fft_length=128, show_axes=True, noise_floor_db=-52)),
    "W5": ("flatten", dict(
        implementation_version=1, draw_graphs=False, scale_axes=1, average=True, minimum=True, maximum=True, rms=True,
        stdev=True, skewness=True, kurtosis=True)),
    "W6": ("spectral_analysis", dict(SPECTRAL, analysis_type="Wavelet", wavelet_level=2)),
}


def studio(workload):
    block, parameters = STUDIO[workload]
    folder = os.path.join(os.environ["EDGEDSP_BLOCKS"], block)
    sys.path.insert(0, folder)
    os.chdir(folder)
    sys.dont_write_bytecode = True
    os.environ["MPLBACKEND"] = "Svg"
    from dsp import generate_features
    is_audio = workload in ("W2", "W3", "W3b", "W4")
    axes = ["audio"] if is_audio else ["accX", "accY", "accZ"]
    rate = 16000 if is_audio else 62.5

    def features(window):
        return generate_features(
            raw_data=window.astype(np.float64), axes=axes, sampling_freq=rate, **parameters)["features"]
    return features


def stride(workload):
    return 320 if workload == "W2" else 160


def librosa(workload):
    import librosa
    hop = stride(workload)
    if workload == "W2":
        return lambda x: librosa.feature.mfcc(
            y=x / 32768, sr=16000, n_mfcc=13, n_mels=32, n_fft=256, hop_length=hop, window="boxcar", center=False)
    if workload == "W4":
        return lambda x: librosa.power_to_db(np.abs(librosa.stft(
            x / 32768, n_fft=128, hop_length=hop, window="boxcar", center=False)) ** 2)
    return lambda x: librosa.power_to_db(librosa.feature.melspectrogram(
        y=x / 32768, sr=16000, n_fft=256, hop_length=hop, n_mels=40, window="boxcar", center=False))


def kaldi_native_fbank(workload):
    """Frames of 16 ms: its transform of a longer one would have 512 points."""
    import kaldi_native_fbank as kaldi
    if workload == "W4":
        return None
    options = kaldi.MfccOptions() if workload == "W2" else kaldi.FbankOptions()
    frame = options.frame_opts
    frame.dither, frame.preemph_coeff, frame.remove_dc_offset = 0, 0.98, False
    frame.window_type, frame.samp_freq = "rectangular", 16000
    frame.frame_length_ms, frame.frame_shift_ms = 16.0, stride(workload) / 16
    options.mel_opts.num_bins = 32 if workload == "W2" else 40
    options.mel_opts.low_freq = 0
    computer = kaldi.OnlineMfcc if workload == "W2" else kaldi.OnlineFbank

    def features(x):
        online = computer(options)
        online.accept_waveform(16000, x / 32768)
        online.input_finished()
        return np.stack([online.get_frame(i) for i in range(online.num_frames_ready)])
    return features


def torchaudio(workload):
    import torch
    from torchaudio import transforms
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    shared = dict(hop_length=stride(workload), center=False, window_fn=torch.ones)
    decibel = transforms.AmplitudeToDB()
    if workload == "W2":
        transform = transforms.MFCC(16000, 13, melkwargs=dict(n_fft=256, win_length=256, n_mels=32, **shared))
    elif workload == "W4":
        spectrum = transforms.Spectrogram(n_fft=128, win_length=128, **shared)
        transform = lambda x: decibel(spectrum(x))
    else:
        mel = transforms.MelSpectrogram(16000, n_fft=256, win_length=256, n_mels=40, **shared)
        transform = lambda x: decibel(mel(x))
    return lambda x: transform(torch.from_numpy(x / np.float32(32768)))


def main():
    peer, folder, workload = sys.argv[1:4]
    warnings.simplefilter("ignore")
    path = os.path.join(os.path.abspath(folder), workload)
    windows = np.load(path + ".npy")
    expected = np.load(path + ".features.npy")
    answers = os.fdopen(os.dup(1), "w")
    # Blocks that print must not be taken for answers.
    os.dup2(2, 1)
    features = {"studio": studio, "librosa": librosa, "kaldi_native_fbank": kaldi_native_fbank,
                "torchaudio": torchaudio}[peer](workload)
    if features:
        for window in windows[:2]:
            features(window)
    for line in sys.stdin:
        answer = float("nan")
        if features and line.strip() == "check":
            found = np.array([features(window) for window in windows], dtype=np.float32)
            if found.shape == expected.shape:
                answer = float(np.mean((found == expected) | (np.isnan(found) & np.isnan(expected))))
        elif features:
            start = time.process_time()
            for window in windows:
                features(window)
            answer = (time.process_time() - start) * 1e6 / len(windows)
        print(answer, file=answers, flush=True)


if __name__ == "__main__":
    main()
