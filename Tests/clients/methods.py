"""The calls that have to work: the two documented lists, and what clients need beside them."""

DSP = ["DSPApi." + name for name in """
    clear_dsp_block download_dsp_artifact download_dsp_data download_dsp_labels dsp_get_features_for_sample
    dsp_sample_trained_features get_autotuner_results get_dsp_config get_dsp_feature_importance get_dsp_feature_labels
    get_dsp_metadata get_dsp_raw_sample get_dsp_sample_slice get_performance_all_variants run_dsp_on_features_array
    run_dsp_sample_slice run_dsp_sample_slice_read_only set_dsp_config start_profile_custom_dsp_block""".split()]

DATA = ["data." + name for name in """
    delete_all_samples get_sample_ids delete_sample_by_id delete_samples_by_filename get_filename_by_id upload_samples
    upload_exported_dataset upload_directory upload_plain_directory upload_pandas_dataframe upload_pandas_dataframe_wide
    upload_pandas_sample upload_pandas_dataframe_with_group pandas_dataframe_to_sample upload_numpy
    numpy_timeseries_to_sample download_samples_by_ids infer_from_filename""".split()]

FURTHER = """
    ProjectsApi.list_projects ProjectsApi.get_project_info ProjectsApi.get_project_info_summary
    ProjectsApi.get_current_api_key_info ProjectsApi.get_project_data_axes_summary
    ProjectsApi.get_project_training_data_summary ProjectsApi.get_project_last_modification_date
    ProjectsApi.get_project_recommended_data_interval ProjectsApi.list_devkeys ProjectsApi.get_socket_token
    ImpulseApi.get_impulse ImpulseApi.get_impulse_all ImpulseApi.get_all_impulses ImpulseApi.get_impulse_blocks
    ImpulseApi.get_new_block_id ImpulseApi.create_impulse ImpulseApi.update_impulse ImpulseApi.delete_impulse
    ImpulseApi.verify_dsp_block_url
    RawDataApi.list_samples RawDataApi.count_samples RawDataApi.get_sample RawDataApi.get_sample_slice
    RawDataApi.get_sample_as_raw RawDataApi.get_sample_as_audio RawDataApi.get_sample_as_image
    RawDataApi.get_sample_as_video RawDataApi.get_sample_metadata RawDataApi.set_sample_metadata
    RawDataApi.rename_sample RawDataApi.edit_label RawDataApi.move_sample RawDataApi.enable_sample
    RawDataApi.disable_sample RawDataApi.set_sample_structured_labels RawDataApi.delete_sample
    RawDataApi.delete_all_samples RawDataApi.delete_all_samples_by_category
    JobsApi.generate_features_job JobsApi.autotune_dsp_job JobsApi.get_job_status JobsApi.get_jobs_logs
    JobsApi.download_jobs_logs JobsApi.list_active_jobs JobsApi.list_finished_jobs JobsApi.list_all_jobs
    JobsApi.get_jobs_summary JobsApi.cancel_job JobsApi.get_profile_tflite_job_result""".split()

BEHAVIOUR = ["refusals", "keys", "read-only", "values after a restart"]

# Calls that a local project cannot answer with content: a clear refusal, raised from `error`, is right too.
MAY_REFUSE = {
    "ProjectsApi.get_socket_token", "RawDataApi.get_sample_as_video", "ImpulseApi.delete_impulse",
    "ImpulseApi.verify_dsp_block_url"}
