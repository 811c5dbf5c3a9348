"""Addresses of the plan office."""

from django.urls import path

from kechuang.plan.web import commitments, documents, living, review, tasks

app_name = "plan"
urlpatterns = [
    path("documents/", documents.Documents.as_view(), name="documents"),
    path("documents/add/", documents.AddDocument.as_view(), name="document_add"),
    path("documents/<int:pk>/", living.document_page, name="document"),
    path("documents/<int:pk>/states/", living.states_now, name="document_states"),
    path("documents/<int:pk>/promises/<int:promise>/", living.proof_panel, name="proof"),
    path("documents/<int:pk>/statements/", documents.Statements.as_view(), name="statements"),
    path("documents/<int:pk>/history/", documents.history, name="document_history"),
    path("documents/<int:pk>/changes/", documents.difference, name="document_diff"),
    path("documents/<int:pk>/publication/ask/", documents.AskPublication.as_view(), name="ask_publication"),
    path(
        "documents/<int:pk>/publication/approve/",
        documents.ApprovePublication.as_view(),
        name="approve_publication",
    ),
    path("documents/<int:pk>/publication/end/", documents.EndPublication.as_view(), name="end_publication"),
    path("documents/<int:pk>/withdraw/", documents.WithdrawDocument.as_view(), name="document_withdraw"),
    path("documents/<int:pk>/review/", review.review, name="review"),
    path("documents/<int:pk>/review/decide/", review.decide, name="decide"),
    path("documents/<int:pk>/review/add/", review.AddStatement.as_view(), name="statement_add"),
    path("documents/<int:pk>/review/finish/", documents.FinishReview.as_view(), name="finish_review"),
    path("documents/<int:pk>/read-again/", documents.ReadAgain.as_view(), name="read_again"),
    path("statements/<int:pk>/", review.CorrectStatement.as_view(), name="statement"),
    path("statements/<int:pk>/split/", review.SplitStatement.as_view(), name="statement_split"),
    path("public/", documents.PublicDocuments.as_view(), name="public"),
    path("public/<int:pk>/", living.public_page, name="public_document"),
    path("programmes/", commitments.programmes, name="programmes"),
    path("programmes/add/", commitments.EditProgramme.as_view(), name="programme_add"),
    path("programmes/<int:pk>/", commitments.programme, name="programme"),
    path("programmes/<int:pk>/edit/", commitments.EditProgramme.as_view(), name="programme_edit"),
    path("commitments/", commitments.Commitments.as_view(), name="commitments"),
    path("commitments/add/", commitments.NewCommitment.as_view(), name="commitment_add"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/source/", commitments.AddSource.as_view(), name="commitment_source"),
    path("commitments/<int:pk>/edit/", commitments.EditCommitment.as_view(), name="commitment_edit"),
    path("commitments/<int:pk>/amend/", commitments.AmendCommitment.as_view(), name="commitment_amend"),
    path(
        "commitments/<int:pk>/supersede/",
        commitments.SupersedeCommitment.as_view(),
        name="commitment_supersede",
    ),
    path(
        "commitments/<int:pk>/withdraw/", commitments.WithdrawCommitment.as_view(), name="commitment_withdraw"
    ),
    path("commitments/<int:pk>/reply/", commitments.OpenReply.as_view(), name="reply_open"),
    path("replies/<int:pk>/", commitments.GiveReply.as_view(), name="reply"),
    path("replies/<int:pk>/close/", commitments.CloseReply.as_view(), name="reply_close"),
    path("tasks/", tasks.Tasks.as_view(), name="tasks"),
    path("tasks/add/", tasks.NewTask.as_view(), name="task_add"),
    path("tasks/confirm/", tasks.ConfirmTasks.as_view(), name="tasks_confirm"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/edit/", tasks.EditTask.as_view(), name="task_edit"),
    path("tasks/<int:pk>/report/", tasks.Report.as_view(), name="report_add"),
    path("tasks/<int:pk>/comment/", tasks.comment, name="task_comment"),
    path("tasks/<int:pk>/parts/add/", tasks.EditPart.as_view(), name="part_add"),
    path("tasks/<int:pk>/parts/<int:part>/", tasks.EditPart.as_view(), name="part_edit"),
    path("tasks/<int:pk>/<slug:step>/", tasks.MoveTask.as_view(), name="task_move"),
    path("reports/<int:pk>/accept/", tasks.AcceptReport.as_view(), name="report_accept"),
    path("reports/<int:pk>/back/", tasks.SendBackReport.as_view(), name="report_back"),
    path("evidence/<int:pk>/", tasks.evidence_file, name="evidence_file"),
]
