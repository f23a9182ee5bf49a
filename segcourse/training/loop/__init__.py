"""How `fit` trains: a setup, its run, and what a run keeps, writes and does when it fails.

Steps are trained by Keras' own `fit`, a chunk at a time. A run outlives such a call, and a process;
so what it keeps and tells is not left to `keras.callbacks`, which begin anew with every call:

    weights/early_stop   EarlyStopping forgets the best weights with the process that had them
    weights/averaging    SwapEMAWeights swaps within one call; here a chunk ends with the weights
                         themselves, and a validation alone sees the averages
    weights/checkpoint   BackupAndRestore keeps neither seed generators nor the place in an epoch
    weights/safeguard    TerminateOnNaN looks at the loss alone, and leaves the broken weights
    clock/rate_by_clock  LearningRateScheduler counts epochs, not minutes
    reports/logs         CSVLogger appends, so a run that goes on writes epochs twice
    reports/tensorboard  TensorBoard counts its own epochs, from 0 in every call
    reports/progress     ProgbarLogger draws a bar a call; this one shows the run
"""
